"""Figures of the whole node, each with its chart, its numbers and what it counts. They name no case and no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import label
from fener.casework.chapters.reintegration.outcomes import after
from fener.casework.models.justice.charge import OwedOutcome
from fener.casework.models.reintegration.outcome import Outcome
from fener.casework.selectors.justice import assets, charges, compensation, interviews
from fener.casework.selectors.reintegration import outcomes, programmes
from fener.casework.selectors.reintegration.outcomes import AtInterval
from fener.casework.selectors.safety import incidents
from fener.norms.labour import money
from fener.norms.path.charges import Share
from fener.norms.path.outcomes import Rate, definitions
from fener.norms.path.pipelines import pipelines
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Bar:
    """One line: what, its number, how long its bar is (0 to 100), and what belongs to the number in words."""

    label: str
    shown: str
    part: int
    beside: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure. ``counts``: its definition; ``empty`` says what it waits for."""

    code: str
    title: str
    counts: str
    bars: list[Bar] = field(default_factory=list)
    empty: str = ""


@staff
@require_GET
def figures(request: StaffRequest) -> HttpResponse:
    """All of them."""
    policy.require(request.actor, "board.read", Relationship.NODE)
    parts = [
        (_("What became of people"), list(_reintegration(request.actor))),
        (_("Courts"), [*_justice(request.actor), *_money(request.actor)]),
        (_("Rights"), [_incidents(request.actor)]),
    ]
    return render(request, "casework/figures.html", {"parts": parts})


def _reintegration(actor: Actor) -> Iterator[Figure]:
    found = outcomes.at_intervals(actor)
    if not found:
        yield Figure("outcomes", _("Outcomes"), _(RATE), empty=_("No outcome is recorded yet."))
    for one in found:
        yield from _interval(one)
    causes = outcomes.causes(actor)
    yield Figure(
        "causes",
        _("Why cases failed"),
        _("Cases by cause: what bodies did not do. A case with two causes counts in both."),
        _bars((label("failure_cause", code), count) for code, count in causes.items()),
        _("No case is recorded as failed."),
    )
    for steps in programmes.steps(actor):
        yield Figure(
            f"steps-{steps.pipeline}",
            _(pipelines()[steps.pipeline].label),
            _("People who reached each step; whoever reached a later one passed the earlier ones. No rate is made."),
            _bars(((label("pipeline_step", code), count) for code, count in steps.reached.items()), ordered=True),
        )


def _interval(one: AtInterval) -> Iterator[Figure]:
    when, texts = {"when": after(one.months)}, definitions()
    yield Figure(
        f"outcomes-{one.months}",
        _("Outcomes, %(when)s") % when,
        " ".join([_(RATE), *(f"{_(each.label)}: {_(each.text)}" for each in texts.values())]),
        [_rate(rate, _(texts[rate.definition].label)) for rate in one.rates],
    )
    answers = (_("Yes"), _("Suspected"), _("No"), _("Not known"))
    yield Figure(
        f"again-{one.months}",
        _("Trafficked again, %(when)s") % when,
        _("Persons whose outcome is recorded for this interval, also those who are still in a programme."),
        _bars(zip(answers, one.again, strict=True), ordered=True),
    )
    yield Figure(
        f"own-{one.months}",
        _("The persons' own judgement, %(when)s") % when,
        _("What persons themselves say, of all whose outcome is recorded for this interval."),
        _bars((str(Outcome.OwnView(code).label), count) for code, count in one.own_views.items()),
    )
    yield Figure(
        f"why-{one.months}",
        _("Why it did not go well, %(when)s") % when,
        _("Each reason that was recorded with an outcome; a person can have several."),
        _bars((label("setback_reason", code), count) for code, count in one.reasons.items()),
        _("No reason is recorded."),
    )


RATE = gettext_noop(
    "By each definition, successes of those who can be judged. Whoever is still in the programme is neither success "
    "nor failure and stands apart, as does who is not known."
)


def _justice(actor: Actor) -> Iterator[Figure]:
    lesser, below = charges.shares(actor)
    yield Figure(
        "lesser",
        _("Charges and sentences"),
        _(
            "Lesser charges: of charges in cases where the elements of trafficking are found, those of another, lesser "
            "offence. Below the law: of sentences, those under the least that the law names. What is not settled is in "
            "neither number."
        ),
        [_share(lesser, _("Lesser charges")), _share(below, _("Sentences below the law"))],
    )
    owed = charges.missing_outcomes(actor, timezone.localdate())
    yield Figure(
        "owed",
        _("Answers that offices owe"),
        _("Outcomes of proceedings that an office has not told by the day on which it was due."),
        _bars((str(OwedOutcome.Office(code).label).capitalize(), count) for code, count in owed.items()),
        _("No office is late."),
    )
    asked = interviews.asked(actor)
    yield Figure(
        "interviews",
        _("How often persons were interviewed"),
        _("Interviews that were held, by anybody. Again: what had been asked before and was asked once more."),
        _bars(
            (
                (_("Persons who were interviewed"), asked.persons),
                (_("Interviews"), asked.interviews),
                (_("Of these, asked again"), asked.again),
                (_("Most interviews of one person"), asked.most),
            ),
            ordered=True,
        )
        if asked.persons
        else [],
        _("No interview is recorded."),
    )


def _money(actor: Actor) -> Iterator[Figure]:
    yield Figure(
        "compensation",
        _("Compensation"),
        _("Claims of persons, not of organisations: asked, awarded and paid. Currencies are never added."),
        [
            bar
            for one in compensation.sums(actor)
            for bar in _sums(one.currency, (_("Asked"), one.asked), (_("Awarded"), one.awarded), (_("Paid"), one.paid))
        ],
        _("No claim is recorded."),
    )
    yield Figure(
        "assets",
        _("Confiscated assets"),
        _("What was realised, and what of it reached a compensation fund. Currencies are never added."),
        [
            bar
            for one in assets.totals(actor)
            for bar in _sums(one.currency, (_("Realised"), one.realised), (_("Paid to a fund"), one.fund))
        ],
        _("Nothing was realised yet."),
    )


def _incidents(actor: Actor) -> Figure:
    bars = []
    for one in incidents.counts(actor):
        what = f"{label('right_violated', one.right)}: {label('incident_author', one.by)}"
        bars += [(what, one.done)] if one.done else []
        bars += [(_("%(what)s (attempt, refused)") % {"what": what}, one.attempts)] if one.attempts else []
    return Figure(
        "incidents",
        _("Rights that were violated"),
        _("Incidents by right and by kind of body. An attempt that a gate refused stands apart: it was not done."),
        _bars(bars),
        _("No incident is recorded."),
    )


def _bars(rows: Iterable[tuple[str, int]], *, ordered: bool = False) -> list[Bar]:
    """Counts with bars; the most first, unless the order says something. Nothing where everything is nought."""
    found = list(rows) if ordered else sorted(rows, key=lambda one: -one[1])
    most = max((count for _text, count in found), default=0)
    return [Bar(text, str(count), round(100 * count / most)) for text, count in found] if most else []


def _share(share: Share, text: str) -> Bar:
    beside = _("of %(base)s; not settled: %(unknown)s") % {"base": share.base, "unknown": share.unknown}
    return Bar(text, str(share.count), round(100 * share.value) if share.value is not None else 0, beside)


def _rate(rate: Rate, text: str) -> Bar:
    numbers = {"base": rate.base, "neither": rate.neither, "unknown": rate.unknown}
    beside = _("of %(base)s who can be judged; still in the programme: %(neither)s; not known: %(unknown)s") % numbers
    return Bar(text, str(rate.success), round(100 * rate.value) if rate.value is not None else 0, beside)


def _sums(currency: str, *sums: tuple[str, Decimal]) -> list[Bar]:
    """Sums of one currency beside each other."""
    most = max(value for _text, value in sums) or 1
    return [Bar(text, "", round(100 * value / most), money(value, currency)) for text, value in sums]
