"""What people are told, and the texts that consents stand under: codes and versions from the packs."""

from __future__ import annotations

from fener.norms import texts
from fener.norms.packs import load_packs

BEFORE = ("screening", "assessment", "decision", "signature")


def items() -> tuple[str, ...]:
    """The codes of everything that can be told, in the order of the pack."""
    return tuple(raw["code"] for raw in load_packs().get("rights_information", "rights").data["items"])


def needed(before: str, *, child: bool | None) -> tuple[str, ...]:
    """What has to be told before a screening, assessment, decision or signature (rule CO-01)."""
    return tuple(item.code for item in texts.rights_items(before, child=child))


def version() -> str:
    """The version of the rights information."""
    return texts.rights_version()


def consent_text(purpose: str) -> tuple[str, str]:
    """Id and version of the sentence that is read out for a purpose; what trust checks is that there is one."""
    try:
        text = texts.consent_text(purpose)
    except KeyError:
        return "", ""
    return text.text_id, text.version
