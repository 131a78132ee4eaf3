"""Who does what, where, on which agreement?"""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Who does what, where, on which agreement?"""

    name = "fener.network"
    label = "network"
