"""Somebody reaches us."""

from django.apps import AppConfig


class ContactConfig(AppConfig):
    """Screening, suspicions, first contacts."""

    name = "fener.contact"
    label = "contact"

    def ready(self) -> None:
        """Add this room's tasks to everybody's Today."""
        from fener.casework.selectors.worklist import provide
        from fener.contact import tasks

        provide("contact.first_contacts", tasks.first_contacts)
        provide("contact.screenings", tasks.own_screenings)
        provide("contact.overdue", tasks.overdue_calls)
