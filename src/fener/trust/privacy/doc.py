"""Renders the declaration as a page: docs/personal-data.md. A test fails when the page is older than the declaration.

python -m fener.trust.privacy.doc docs/personal-data.md
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

INTRODUCTION = """# Personal data

This page is generated from the declarations of the rooms (`personal_data`) and of the packs; do not edit it. Every
field of every table, every sealed field and every fact is declared, or is said not to be personal with the reason; a
test fails otherwise. From the same declaration come the privacy page, the register of processing, masking, the copy
for the person, erasure, and the test of role × field × place.

A new field: name it in the room's `personal_data`, with one of the handlings that stand there. A new table about a
person also names `file`, the lookup that leads to the id under which the person's words are sealed; without it an
erasure would leave it behind, and a test says so.

Columns: about whom; why; legal basis (a key of the jurisdiction pack's `data_protection`; what a pack does not say is
unknown); class of retention; how it is shown; what an erasure does; whether the copy for the person holds it.
"""


def render() -> str:
    """The page as Markdown. Needs the settings (the list of rooms), no database."""
    from django.utils import translation

    from fener.trust.privacy import registry

    with translation.override("en"):
        parts = [INTRODUCTION, "## Classes of retention\n", *_classes(), ""]
        for label, about in sorted(registry.models().items()):
            if not about.personal:
                continue
            parts += [f"## {label}\n", f"{_first(str(about.what))}.\n", *_head(), *_fields(about.personal), ""]
        parts += ["## Sealed fields and facts\n", *_head(), *_fields(registry.pack_fields()), ""]
        parts += ["## Not personal\n", "| table | fields | reason |", "| --- | --- | --- |", *_others(), ""]
    return "\n".join(parts)


def _classes() -> list[str]:
    from fener.norms import retention

    lines = ["| class | what | runs from | proposed for erasure |", "| --- | --- | --- | --- |"]
    for known in retention.classes().values():
        erases = "yes" if known.erases else "no"
        lines.append(f"| `{known.code}` | {known.label} | {known.starts} | {erases} |")
    return lines


def _head() -> list[str]:
    return [
        "| field | what | whose | why | basis | retention | shown | erasure | in the copy |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]


def _fields(fields: object) -> list[str]:
    from fener.trust.privacy.declaration import Personal

    lines = []
    for name, one in dict(fields).items():  # type: ignore[call-overload]
        if isinstance(one, Personal):
            why = ", ".join(one.purposes)
            basis = f"{one.basis}, consent `{one.consent}`" if one.consent else one.basis
            copy = "yes" if one.exported else f"no: {one.why_not}"
            lines.append(
                f"| `{name}` | {one.what} | {one.whose.value} | {why} | {basis} | {one.retention} "
                f"| {one.mask.value} | {one.erasure.value.replace('_', ' ')} | {copy} |"
            )
    return lines


def _others() -> list[str]:
    from fener.trust.privacy import registry
    from fener.trust.privacy.declaration import NotPersonal

    lines = []
    for label, about in sorted(registry.models().items()):
        reasons: dict[str, list[str]] = {}
        for name, one in about.fields.items():
            if isinstance(one, NotPersonal):
                reasons.setdefault(str(one.reason), []).append(f"`{name}`")
        lines += [f"| {label} | {', '.join(names)} | {reason} |" for reason, names in reasons.items()]
    return lines


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def main(argv: list[str]) -> int:
    """Write the page to the file that is named."""
    if len(argv) != 1:
        sys.stderr.write("Name the file to write: python -m fener.trust.privacy.doc docs/personal-data.md\n")
        return 2
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    django.setup()
    Path(argv[0]).write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
