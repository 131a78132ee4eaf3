"""Who may know what; who has known?"""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Accounts, access policy, consent, vault and audit."""

    name = "fener.trust"
    label = "trust"
