"""The design system as template tags: ``{% load fener %}``. Rooms pass plain dicts; no room imports ``web``.

Pages
-----
Extend ``web/base.html`` (staff), ``web/base_public.html`` (neutral title, no mark, quick exit) or
``web/base_form.html`` (one form: context ``form``, ``title``, optional ``lead``, ``submit``, ``cancel``, ``once``,
``danger``; blocks ``before_form``, ``fields``, ``form_buttons``). Blocks: ``title`` (words before the site's name),
``above`` (back link), ``heading`` (the h1), ``content``, ``after``, ``scripts`` (external files only).
Plain ``h1 h2 h3 p ul a`` need no class inside a page. Classes: ``fener-lead`` a first sentence, ``fener-quiet``
secondary text, ``fener-eyebrow`` a small line in an h1, ``fener-code`` a case code, ``fener-no-print`` what is not
printed, ``fener-answers`` a group of very large buttons (screening), ``fener-quiet-button`` a button that looks like a
link, ``fener-actions`` a row of links. The context may hold ``nav`` (what ``{% menu %}`` below takes),
``now`` (aware datetime), ``who`` (words for the header; the user name by default).
``{% back_link href %}`` goes into block ``above``. ``web/message.html`` is one thing that happened (``title``; blocks
``why``, ``now``); ``web/refused.html`` an act that was refused (``message``, ``conditions``, ``reason``, ``todo``,
``back``, ``kept``); ``web/expired.html`` takes ``kept``: ``[{"label", "value"}]``, what the person had typed.

Forms
-----
::

    <form method="post" novalidate>{% csrf_token %}{% once token %}
      {% fener_form form %}          error summary, then every field with label, hint, error
      {% button _("Save") %}         also kind="secondary" | "danger", name=, value=, href= (a link that looks so)
    </form>

``{% fener_errors form %}`` alone gives the summary; ``{{ form }}`` or ``{{ form.x.as_field_group }}`` fields without
it. ``{% buttons %}…{% endbuttons %}`` sets several in a row. Widgets: plain Django ones; radios and check boxes come
large. ``DateField``: one text field that takes 3.5.2026, 03.05.2026 and 2026-05-03. Widget attributes that mean
something here: ``"class": "fener-input--number"`` (narrow), ``"class": "fener-inline"`` (radios in a row), ``rows``,
``autocomplete``, ``inputmode``. A form with files needs ``enctype="multipart/form-data"`` in the page.

Tables: ``{% fener_table table %}``
-----------------------------------
::

    table = {
        "caption": _("Cases"),             # always; "caption_hidden": True keeps it for screen readers only
        "columns": [{"key": "code", "label": _("Case"), "sort": True},
                    {"key": "due", "label": _("Due"), "sort": True},
                    {"key": "days", "label": _("Days"), "number": True}],
        "rows": [{"cells": {"code": {"text": "7F3K", "href": "/cases/…", "sub": "Maple"},
                            "due": {"when": some_datetime}, "days": 4,
                            "state": {"tag": _("Overdue"), "kind": "overdue"},
                            "country": {"country": "XK"}}}],
        "sort": "-due",                    # what the rows are sorted by; "" for none
        "filters": form,                   # optional: a form shown above, sent by GET
        "page": page,                      # optional: django Page, or {"number", "pages", "total", "first", "last"}
        "empty": {"title": _("Nothing waits for you."), "text": …, "href": …, "label": …},     # or a string
    }

The first column is the row's heading. Links keep the other parameters of the URL: ``?sort=-due&page=2`` (``sort``
names a column key, ``-`` is descending). Below 768 px rows become cards.

Pieces
------
``{% tag _("Overdue") kind="overdue" %}``
    kinds: plain, done, soon, overdue, refused, sealed. Word and sign.
``{% notice kind="info" title=_("…") %}…{% endnotice %}``
    kinds: info, done, soon, danger.
``{% next_steps steps heading=… empty=… level=2 %}``
    steps: ``[{"text", "href", "due": date|datetime|None, "note", "why": {…}}]``.
``{% summary_list rows %}``
    rows: ``[{"key", "value", "actions": [{"text", "href", "about"}]}]``; a value may be anything that a table cell may
    be, or a list of those. None reads "not recorded".
``{% sentence_list sentences empty=… %}``
    consents: ``[{"text", "state": "live"|"ended", "note", "actions": [{"text", "href", "about"}]}]``.
``{% timeline bands today=date title=_("…") %}``
    bands: ``[{"label", "kind": "stay"|"clock"|"permit"|"referral"|"proceeding", "start": date, "end": date|None,
    "state": "running"|"planned"|"ended"|"overdue", "state_label", "why": {…}, "href"}]``. SVG and the same as a list.
``{% why rule=… version=… source=… text=… %}`` and ``{% why_of dict %}``
    details: where a date or a suggestion comes from. ``text`` may be a sentence, a ``norms.why.Step`` or a list of
    them; ``source`` a text, a ``Source`` or a list. ``why_of`` also takes an answer of the rules (a ``Due``).
``{% masked label text=… href=… action=… %}``
    a sealed place: what it is, who keeps it, and (href) a button that opens by POST.
``{% progress value total label=… %}``
    "3 of 12" and a bar.
``{% empty title text=… href=… label=… %}``
    a pleasant "nothing here" with one thing to do.
``{% when value %}``
    "3 May 2026, 14:00 (40 minutes left)"; ``plain=True`` without the rest. As filters: ``{{ value|when:now }}`` the
    same, ``{{ value|due:now }}`` only "40 minutes left".
``{{ label|pack }}``
    a label of a pack in the reader's language.
``{% country code %}``
    the country's name; one whose status carries a footnote gets a mark. ``web/base.html`` prints the footnote at the
    end of every page that shows the name, on paper too. For choices: ``fener.web.footnotes.plain_name``.
``{% icon name %}``
    check, clock, alert, info, lock, arrow, dot, cross, ban, up, down, fold.
``{% menu links label=_("…") %}``
    the way between pages (``web.menu``): ``[{"text", "href", "current": bool}]``, folded on a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from fener.web import citations, dates, footnotes, tables, timelines
from fener.web import menu as menus
from fener.web.icons import icon_svg
from fener.web.views.errors import typed_input

register = template.Library()

TAG_ICONS = {"plain": "dot", "done": "check", "soon": "clock", "overdue": "alert", "refused": "ban", "sealed": "lock"}
NOTICE_ICONS = {"info": "info", "done": "check", "soon": "clock", "danger": "alert"}


def _now(context: template.Context) -> datetime:
    """The moment that the page is about: the view's ``now``, so that every date on a page agrees."""
    now = context.get("now")
    return now if isinstance(now, datetime) else timezone.now()


def _render(context: template.Context, name: str, values: dict[str, Any]) -> SafeString:
    """A component's template, with the page's request and moment within reach."""
    request = context.get("request")
    return render_to_string(f"web/components/{name}.html", {"now": _now(context), "request": request, **values})


# Forms ----------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def fener_form(context: template.Context, form: Any) -> SafeString:
    """Error summary and all fields of a form; the page writes the ``<form>`` and its button."""
    return format_html("{}{}", fener_errors(context, form), form.render(template_name="web/forms/fields.html"))


@register.simple_tag(takes_context=True)
def fener_errors(context: template.Context, form: Any) -> SafeString | str:
    """What went wrong, at the top, each line a link to its field. Nothing when nothing is wrong."""
    if not form.is_bound or not form.errors:
        return ""
    # A password is never shown again, nor is a file, so with one on the form "nothing is lost" would not be true.
    lost = {"password", "file"}
    kept = not any(getattr(field.widget, "input_type", "") in lost for field in form.fields.values())
    return _render(context, "errors", {"form": form, "lines": _error_lines(form), "kept": kept})


def _error_lines(form: Any) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [{"text": text, "href": ""} for text in form.non_field_errors()]
    for bound in form.visible_fields():
        anchor = bound.auto_id if not bound.field.widget.use_fieldset else f"{bound.auto_id}_0"
        lines += [{"text": text, "href": f"#{anchor}", "label": bound.label} for text in bound.errors]
    for bound in form.hidden_fields():
        lines += [{"text": text, "href": ""} for text in bound.errors]
    return lines


@register.simple_tag
def button(text: str, kind: str = "", href: str = "", name: str = "", value: str = "", form: str = "") -> SafeString:
    """A button, or with ``href`` a link that looks like one. A second tap while the first is under way does nothing."""
    modifier = {"secondary": " govuk-button--secondary", "danger": " govuk-button--warning"}.get(kind, "")
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="govuk-button{}">{}</a>', href, modifier, text
        )
    pairs = [(key, val) for key, val in (("name", name), ("value", value), ("form", form)) if val]
    more = format_html_join("", ' {}="{}"', pairs)
    return format_html('<button type="submit" class="govuk-button{}"{}>{}</button>', modifier, more, text)


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """Several buttons in a row, or below each other on a narrow screen."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


@register.simple_tag
def once(token: Any) -> SafeString | str:
    """The hidden token by which a form that is sent twice acts once."""
    return format_html('<input type="hidden" name="once" value="{}">', token) if token else ""


@register.simple_tag(takes_context=True)
def menu(context: template.Context, links: Sequence[Any], label: str, word: str = "", name: str = "parts") -> str:
    """Folds on a phone. ``label``: what a screen reader calls it; ``word``: its button; ``name``: begins its ids."""
    values = {"menu": menus.prepare(links, name=name), "main": name == "menu"}
    return _render(context, "menu", {**values, "label": label, "word": word or label})


@register.simple_tag
def back_link(href: str, text: str = "") -> SafeString:
    """The way back, above the heading."""
    return format_html('<a href="{}" class="govuk-back-link fener-no-print">{}</a>', href, text or gettext("Back"))


# Tables and values ----------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def fener_table(context: template.Context, table: Mapping[str, Any]) -> SafeString:
    """A table that sorts, filters and turns its pages by URL. The module's docstring has the structure."""
    request = context.get("request")
    query = request.GET if request is not None else None
    return _render(context, "table", {"table": tables.prepare(table, query)})


@register.simple_tag(takes_context=True)
def cell(context: template.Context, value: Any) -> SafeString | str:
    """One value of a table or a summary list: text, link, tag, moment, country, or a list of those."""
    if value is None or value == "":
        return format_html('<span class="fener-quiet">{}</span>', gettext("not recorded"))
    if isinstance(value, Mapping):
        return _rich_cell(context, value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return format_html_join("", "<div>{}</div>", ((cell(context, item),) for item in value))
    return format_html("{}", dates.in_words(value) if isinstance(value, date | datetime) else value)


def _rich_cell(context: template.Context, value: Mapping[str, Any]) -> SafeString:
    text: Any = value.get("text", "")
    if "tag" in value:
        text = tag(value["tag"], value.get("kind", "plain"))
    elif "when" in value:
        text = when(context, value["when"])
    elif "country" in value:
        text = country(context, value["country"])
    if value.get("href"):
        about = value.get("about")
        hidden = format_html(' <span class="govuk-visually-hidden">{}</span>', about) if about else ""
        text = format_html('<a href="{}">{}{}</a>', value["href"], text, hidden)
    if value.get("sub"):
        text = format_html('{}<span class="fener-table__sub">{}</span>', text, value["sub"])
    return format_html("{}", text)


@register.simple_tag(takes_context=True)
def summary_list(context: template.Context, rows: Sequence[Mapping[str, Any]]) -> SafeString:
    """Names and values, with what one may do about each."""
    return _render(context, "summary_list", {"rows": rows, "with_actions": any(row.get("actions") for row in rows)})


# Pieces ---------------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign beside a word; hidden from screen readers, which have the word."""
    return icon_svg(name)


@register.simple_tag
def tag(text: str, kind: str = "plain") -> SafeString:
    """A status word with a sign and a colour."""
    kind = kind if kind in TAG_ICONS else "plain"
    return format_html(
        '<span class="fener-tag fener-tag--{}">{}<span>{}</span></span>', kind, icon_svg(TAG_ICONS[kind]), text
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", level: int = 2) -> SafeString:
    """Something to know before going on. ``level`` is the heading's level."""
    kind = kind if kind in NOTICE_ICONS else "info"
    heading = format_html("<h{0}>{1}</h{0}>", int(level), title) if title else ""
    inner = mark_safe(content.strip())  # noqa: S308 - a template's own output; strip() forgets that it is
    body = content if "<p" in content or "<ul" in content else format_html("<p>{}</p>", inner)
    return format_html(
        '<div class="fener-notice fener-notice--{}">{}<div class="fener-notice__body">{}{}</div></div>',
        kind, icon_svg(NOTICE_ICONS[kind]), heading, body if content.strip() else "",
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def next_steps(
    context: template.Context, steps: Sequence[Mapping[str, Any]], heading: str = "", empty: str = "", level: int = 2
) -> SafeString:
    """What waits, one act a line, in the order given."""
    now = _now(context)
    lines = [{**step, "relative": dates.relative(step["due"], now) if step.get("due") else None} for step in steps]
    return _render(context, "next_steps", {"steps": lines, "heading": heading, "empty": empty, "level": level})


@register.simple_tag(takes_context=True)
def sentence_list(context: template.Context, sentences: Sequence[Mapping[str, Any]], empty: str = "") -> SafeString:
    """What was agreed, as sentences; ended ones say so in words."""
    return _render(context, "sentence_list", {"sentences": sentences, "empty": empty})


@register.simple_tag(takes_context=True)
def timeline(
    context: template.Context, bands: Sequence[Mapping[str, Any]], today: date | None = None, title: str = ""
) -> SafeString:
    """The path as bands on an axis of dates, and the same as a list."""
    today = today or timezone.localdate(_now(context))
    drawing = timelines.draw(bands, today)
    return _render(context, "timeline", {"drawing": drawing, "title": title or gettext("Time line"), "today": today})


@register.simple_tag(takes_context=True)
def why(context: template.Context, rule: str = "", version: str = "", source: Any = "", text: Any = "") -> SafeString:
    """Where this comes from: the reasoning in words, the rule's name and version, its source."""
    values = {"rule": rule, "version": version, "source": citations.source_words(source)}
    return _render(context, "why", {**values, "lines": citations.lines_of(text)})


@register.simple_tag(takes_context=True)
def why_of(context: template.Context, reason: Any) -> SafeString | str:
    """``why`` from a dict or from an answer of the rules; nothing when there is no reason to tell."""
    if not reason:
        return ""
    if isinstance(reason, Mapping):
        return why(context, **{key: reason.get(key) or "" for key in ("rule", "version", "source", "text")})
    known = {key: getattr(reason, key, "") or "" for key in ("rule", "version", "source")}
    return why(context, text=getattr(reason, "why", "") or "", **known)


@register.simple_tag(takes_context=True)
def masked(context: template.Context, label: str, text: str = "", href: str = "", action: str = "") -> SafeString:
    """A sealed place. With ``href`` it opens on purpose, by POST, since opening is an act that is recorded."""
    values = {"label": label, "text": text, "href": href, "action": action or gettext("Open")}
    return _render(context, "masked", {**values, "csrf_token": context.get("csrf_token")})


@register.simple_tag(takes_context=True)
def progress(context: template.Context, value: int, total: int, label: str = "") -> SafeString:
    """How far along, in words and as a bar."""
    return _render(context, "progress", {"value": value, "total": total, "label": label})


@register.simple_tag(takes_context=True)
def empty(
    context: template.Context, title: str, text: str = "", href: str = "", label: str = "", level: int = 2
) -> SafeString:
    """Nothing here, said kindly, with one thing to do."""
    return _render(context, "empty", {"title": title, "text": text, "href": href, "label": label, "level": level})


@register.simple_tag(takes_context=True)
def typed(context: template.Context) -> list[dict[str, str]]:
    """What the person had typed into the form that was refused: ``{% typed as kept %}``."""
    return typed_input(context.get("request"))


# Words ----------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True, name="when")
def when(context: template.Context, value: date | datetime | None, plain: bool = False) -> SafeString | str:
    """A date or moment in words, and how long is left or how late it is."""
    return _when(value, None if plain else _now(context))


@register.filter(name="when")
def when_filter(value: date | datetime | None, now: datetime | None = None) -> SafeString | str:
    """``when`` where only a filter fits; ``now`` is the page's moment."""
    return _when(value, now or timezone.now())


@register.filter
def due(value: date | datetime | None, now: datetime | None = None) -> str:
    """Only how long is left or how late it is."""
    return dates.relative(value, now or timezone.now()).text if value else ""


def _when(value: date | datetime | None, now: datetime | None) -> SafeString | str:
    if not value:
        return gettext("no date")
    stamp = format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.in_words(value))
    if now is None:
        return stamp
    left = dates.relative(value, now)
    state = " fener-when--overdue" if left.overdue else ""
    return format_html('<span class="fener-when{}">{} ({})</span>', state, stamp, left.text)


@register.filter
def pack(label: Any) -> str:
    """A pack's English label in the reader's language (the label is the msgid)."""
    return gettext(str(label)) if label else ""


@register.simple_tag(takes_context=True)
def country(context: template.Context, code: str) -> SafeString | str:
    """A country's name through the packs; where its status carries a footnote, marked and noted for the page's end."""
    return footnotes.name_with_mark(context.get("request"), code)


@register.simple_block_tag
def footnoted(content: str, also: Any = "") -> SafeString:
    """Around a page's content: adds the footnotes that the names on it (and in ``also``) carry, whoever wrote them."""
    page = mark_safe(content)  # noqa: S308 - a template's own output
    notes = footnotes.notes_for(f"{content} {conditional_escape(also or '')}")
    return (
        format_html("{}{}", page, render_to_string("web/components/footnotes.html", {"notes": notes}))
        if notes
        else page
    )
