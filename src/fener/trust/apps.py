"""Who may know what; who has known?"""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """Accounts, access policy, consent, vault and audit."""

    name = "fener.trust"
    label = "trust"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from fener.trust import elevation, fence, session, triggers
        from fener.trust.signing_in import organisations, sealing

        session.connect()
        sealing.connect()
        organisations.connect()
        elevation.connect()
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="fener.trust.audit_triggers")
        pre_migrate.connect(fence.before_migrate, sender=self, dispatch_uid="fener.trust.fence_open")
        post_migrate.connect(fence.after_migrate, sender=self, dispatch_uid="fener.trust.fence")
