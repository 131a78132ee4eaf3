"""The Django application of the shell."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Look and base pages; other rooms use it through templates only."""

    name = "fener.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        from fener.web.forms import speak_plainly

        speak_plainly()
