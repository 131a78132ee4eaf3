"""The audit: what was done and read, by whom, when; append-only, chained."""

from __future__ import annotations

from django.db import models


class AuditChain(models.Model):
    """The head of one chain (a case, a keeper, or the node): its length and last hash, so a cut tail shows."""

    kind = models.CharField(max_length=12)  # case, keeper, node
    chain_id = models.UUIDField()
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "chain_id"], name="one_chain_each")]


class AuditEntry(models.Model):
    """One act or read. Holds no sealed content. The database refuses to change or delete it."""

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_keeper_id = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, default="done")  # done, refused, overridden
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_per_place")]
        indexes = [models.Index(fields=["at"], name="audit_at"), models.Index(fields=["act", "at"], name="audit_act")]


class AuditRoot(models.Model):
    """The signed root of a day over the ends of the chains that grew since the root before it. Never changed."""

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(unique=True)
    statement = models.JSONField()  # what is signed, with its signature; see ``trust.anchoring.statement``
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}: {self.day}"


class AuditRootLeaf(models.Model):
    """How long a chain was, and in which hash it ended, when a root was made."""

    root = models.ForeignKey(AuditRoot, on_delete=models.PROTECT, related_name="leaves")
    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="leaves", db_constraint=False)
    name = models.CharField(max_length=60)  # the chain's: its row may be gone when somebody looks
    length = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "root"], name="one_leaf_a_root")]
