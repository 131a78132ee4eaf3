"""The person's path."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """The person's path."""

    name = "fener.casework"
    label = "casework"

    def ready(self) -> None:
        from fener.casework.models import hiding
        from fener.casework.selectors import ended_bodies, erasure_tasks
        from fener.casework.services.safety.gate_overrides import note_closed
        from fener.casework.services.safety.incidents import keep_attempt
        from fener.trust import attempts
        from fener.trust.concealed import conceal, conceal_from
        from fener.trust.custody.notices import describe

        ended_bodies.register()
        erasure_tasks.register()
        attempts.hear(keep_attempt)
        attempts.hear(note_closed)
        conceal("casework.protected", hiding.protected_cases)
        conceal_from("casework.shut_out", hiding.shut_out_cases)
        describe("glass.break", _("%(by)s broke the glass on a case: danger to life. It waits for your review."))
