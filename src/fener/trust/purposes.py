"""What information may be used for. Purposes are separate: one opens no other (rule CO-04)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Purpose(StrEnum):
    """Each needs a consent of its own."""

    KEEP = "keep"
    SHARE_SERVICE = "share_service"
    SHARE_POLICE = "share_police"
    IDENTIFICATION = "identification"
    TESTIFY = "testify"
    RETURN = "return"
    RECONTACT = "recontact"
    RESEARCH = "research"
    MEDIA = "media"

    @property
    def label(self) -> _StrPromise:
        """The purpose as the end of the sentence "so that ..."."""
        return LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, _StrPromise]]:
        """For form and model fields."""
        return [(purpose.value, purpose.label) for purpose in cls]


LABELS: dict[Purpose, _StrPromise] = {
    Purpose.KEEP: _("a file can be kept and help arranged"),
    Purpose.SHARE_SERVICE: _("a service can be given"),
    Purpose.SHARE_POLICE: _("the police can be informed"),
    Purpose.IDENTIFICATION: _("the body with that mandate can decide on the status"),
    Purpose.TESTIFY: _("testimony can be prepared"),
    Purpose.RETURN: _("a return can be prepared"),
    Purpose.RECONTACT: _("the person can be contacted again later"),
    Purpose.RESEARCH: _("research can be done"),
    Purpose.MEDIA: _("a story can be told in public"),
}

# Saying no to these has no effect on help: no service, gate or clock may read them (rule CO-04).
WITHOUT_EFFECT_ON_HELP: frozenset[Purpose] = frozenset({Purpose.RESEARCH, Purpose.MEDIA})
# "No child is made to appear for a cause" (rule CO-04): nobody can consent to these for somebody under 18.
NOT_FOR_CHILDREN: frozenset[Purpose] = frozenset({Purpose.MEDIA})
