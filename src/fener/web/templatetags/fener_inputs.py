"""Parts of inputs that are written hundreds of times on one page. For the templates of widgets alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def attributes(values: Mapping[str, object]) -> SafeString:
    """The attributes of an input but for its class, which the template writes, and its placeholder: we have none."""
    return _attributes({name: value for name, value in values.items() if name not in ("class", "placeholder")})


@register.filter
def options(groups: Iterable[tuple[str | None, Sequence[Mapping[str, Any]], int]]) -> SafeString:
    """The ``<option>`` elements of a select in their groups, as ``Select.optgroups`` gives them.

    In Python and not in a template: a form with lists of languages and countries has hundreds, and a template's loop
    costs several times as much for each. Every value is escaped as a template would.
    """
    return mark_safe("".join(_group(name, choices) for name, choices, _index in groups))  # noqa: S308 (escaped below)


def _group(name: str | None, choices: Sequence[Mapping[str, Any]]) -> str:
    inner = "".join(map(_option, choices))
    return f'\n  <optgroup label="{conditional_escape(name)}">{inner}\n  </optgroup>' if name else inner


def _option(choice: Mapping[str, Any]) -> str:
    value, label = conditional_escape(str(choice["value"])), conditional_escape(choice["label"])
    return f'\n  <option value="{value}"{_attributes(choice["attrs"])}>{label}</option>'


def _attributes(values: Mapping[str, object]) -> SafeString:
    """As HTML writes them: True is the name alone, False is left out."""
    written = (
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in values.items()
        if value is not False
    )
    return mark_safe("".join(written))  # noqa: S308 (escaped above)
