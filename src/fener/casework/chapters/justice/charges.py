"""How charges stand on a case: each with its stage or outcome; flags on the chapter's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, labels, opened, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.charges import charges, matches
from fener.casework.services.justice.charges import RECORD as CODE
from fener.casework.services.justice.charges import flags_of, without_judge
from fener.norms.answers import Finding
from fener.norms.path.charges import below_range, rests_on_testimony_alone
from fener.trust.compartments import Compartment

ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "unknown": gettext_lazy("not known")}


def lines(case: Case) -> Iterator[NewLine]:
    """Each charge; urgent while it rests on testimony alone or its sentence is below the law."""
    for row in Charge.objects.filter(case=case).order_by("act_on", "pk"):
        alone = row.outcome == "pending" and rests_on_testimony_alone(row.evidence) is True
        yield NewLine(
            what="alone" if alone else "charge",
            params={"kind": row.kind, "stage": list(row.stages)[-1:], "outcome": row.outcome},
            about=row.pk,
            starts=row.outcome_on,
            ends=row.outcome_on,
            urgent=alone or below_range(row.sentence, row.least),
        )


def words(line: CaseLine) -> str:
    """ "Charge: Trafficking (Trial)"."""
    params = line.params
    stage = label("charge_stage", params["stage"][0]) if params["stage"] else ""
    decided = "" if params["outcome"] == "pending" else label("charge_outcome", params["outcome"])
    text = _("Charge: %(kind)s") % {"kind": label("charge_kind", params["kind"])}
    text = f"{text} ({decided or stage})" if decided or stage else text
    return _("%(charge)s: it rests on testimony alone") % {"charge": text} if line.what == "alone" else text


def section(reader: Reader) -> Mapping[str, Any]:
    """Each charge with the law of its day, its stages, and what stands out."""
    found = matches(reader)
    return {"cards": [_card(reader, row, found) for row in charges(reader)]}


def _card(reader: Reader, row: Charge, found: Finding) -> dict[str, Any]:
    flags = flags_of(row, found)
    ended = row.outcome != "pending"
    return card(
        label("charge_kind", row.kind),
        *_sentences(row),
        tag=label("charge_outcome", row.outcome),
        kind="overdue" if flags else "done" if ended else "soon",
        points=[*_said(row, found), *_points(row)],
        words=opened(reader, row.words_id, _("Open who is accused"), Compartment.LEGAL),
        doors=list(
            doors(
                reader,
                ("charge.advance", "charge_stage", _("Record a stage")),
                ("charge.advance", "charge_evidence", _("Record the evidence")),
                ("charge.decide", "charge_decide", _("Record the outcome")),
                row=row.pk,
            )
        ),
    )


def _said(row: Charge, found: Finding) -> list[str]:
    """What stands out, with the codes of reasons and costs in words."""
    texts = []
    for flag in flags_of(row, found):
        params = dict(flag.why.params)
        if "costs" in params:
            params["costs"] = labels("lesser_cost", row.costs) or "–"
        if "reason" in params:
            params["reason"] = label("lesser_reason", str(params["reason"]))
        if "kind" in params:
            params["kind"] = label("charge_kind", str(params["kind"]))
        texts.append(_(flag.why.text) % params if params else said([flag])[0])
    return texts


def _sentences(row: Charge) -> Iterator[str]:
    yield f"{label('charge_branch', row.branch)}; {label('charge_scale', row.scale)}."
    if row.article:
        yield _("Article %(article)s.") % {"article": row.article}
    yield _("Day of the act: %(day)s.") % {"day": day(row.act_on)}
    if row.law_from is None:
        yield _("Which version of the law was in force on that day is not known.")
    elif row.law_until is None:
        yield _("The law of that day is in force since %(day)s.") % {"day": day(row.law_from)}
    else:
        days = {"day": day(row.law_from), "until": day(row.law_until)}
        yield _("The law of that day was in force from %(day)s to %(until)s.") % days
    if row.least is not None:
        yield _("It asks for %(months)s months of prison or more.") % {"months": row.least}
    if row.outcome_on:
        yield f"{label('charge_outcome', row.outcome)}: {day(row.outcome_on)}."
    if row.sentence_kind:
        yield _("Sentence: %(kind)s.") % {"kind": label("sentence_kind", row.sentence_kind)}
    if row.sentence is not None:
        yield _("%(months)s months.") % {"months": row.sentence}


def _points(row: Charge) -> Iterator[str]:
    for code, on in row.stages.items():
        yield f"{label('charge_stage', code)}: {day(on)}"
    if row.evidence:
        yield _("It rests on: %(evidence)s") % {"evidence": labels("evidence_source", row.evidence)}
    late = without_judge(row)
    for code in row.measures:
        text = label("investigation_measure", code)
        yield _("%(measure)s: the consent of a judge is not recorded") % {"measure": text} if code in late else text


def _named(vocabulary_id: str) -> Callable[[str], str]:
    return lambda code: label(vocabulary_id, code) if code else ""


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Charges"),
    list_act="charge.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="charge.record", text=gettext_lazy("Record a charge"), url_name="casework:charge_new"),),
    copy_words={
        **{
            f"Charge.{field}": _named(listed)
            for field, listed in (
                ("kind", "charge_kind"),
                ("branch", "charge_branch"),
                ("scale", "charge_scale"),
                ("outcome", "charge_outcome"),
                ("sentence_kind", "sentence_kind"),
                ("reason", "lesser_reason"),
            )
        },
        "Charge.stages": lambda stages: "; ".join(f"{label('charge_stage', c)}: {day(on)}" for c, on in stages.items()),
        "Charge.measures": lambda asked: "; ".join(
            f"{label('investigation_measure', code)}: {ANSWERS[answer]}" for code, answer in asked.items()
        ),
        "Charge.evidence": lambda codes: labels("evidence_source", codes),
        "Charge.costs": lambda codes: labels("lesser_cost", codes),
    },
)
