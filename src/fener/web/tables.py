"""Tables as plain dicts made ready for the template: sorting links, pages, cells in the order of the columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext


def prepare(table: Mapping[str, Any], query: QueryDict | None) -> dict[str, Any]:
    """What ``web/components/table.html`` needs, from the structure that the tag library documents."""
    query = query if query is not None else QueryDict()
    sort = str(table.get("sort") or "")
    columns = [_column(column, sort, query) for column in table["columns"]]
    filters = table.get("filters")
    return {
        "caption": table["caption"],
        "caption_hidden": table.get("caption_hidden", False),
        "columns": columns,
        "sortable": [column for column in columns if column["href"]],
        "rows": [{"cells": _cells(row, columns), "id": row.get("id", "")} for row in table["rows"]],
        "filters": filters,
        "filtered": any(query.get(field.html_name) for field in filters) if filters is not None else False,
        "kept": _kept(query, filters),
        "pages": _pages(table.get("page"), query),
        "empty": _empty(table.get("empty")),
    }


def _column(column: Mapping[str, Any], sort: str, query: QueryDict) -> dict[str, Any]:
    key = str(column["key"])
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    target = f"-{key}" if direction == "ascending" else key
    href = url_with(query, sort=target, page=None) if column.get("sort") else ""
    return {**column, "key": key, "direction": direction, "href": href, "number": column.get("number", False)}


def _cells(row: Mapping[str, Any], columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    values = [(column, row["cells"].get(column["key"])) for column in columns]
    return [{"column": column, "value": value, "bare": value in (None, "")} for column, value in values]


def _kept(query: QueryDict, filters: Any) -> list[tuple[str, str]]:
    """What the filter form must carry along: everything in the URL that is not its own and not the page."""
    own = {field.html_name for field in filters} if filters is not None else set()
    return [(key, value) for key, values in query.lists() if key not in own | {"page"} for value in values]


def url_with(query: QueryDict, **changes: str | int | None) -> str:
    """The present URL's query with some parameters set, or removed where None."""
    changed = query.copy()
    for key, value in changes.items():
        changed.pop(key, None)
        if value is not None:
            changed[key] = str(value)
    return f"?{changed.urlencode()}"


def _pages(page: Any, query: QueryDict) -> dict[str, Any] | None:
    if page is None:
        return None
    if isinstance(page, Page):
        number, count, total = page.number, page.paginator.num_pages, page.paginator.count
        first, last = page.start_index(), page.end_index()
    else:
        number, count, total = page["number"], page["pages"], page["total"]
        first, last = page.get("first", 0), page.get("last", 0)
    return {
        "words": gettext("%(first)d to %(last)d of %(total)d") % {"first": first, "last": last, "total": total},
        "total": total,
        "previous": url_with(query, page=number - 1) if number > 1 else "",
        "next": url_with(query, page=number + 1) if number < count else "",
        "numbers": [{"number": n, "href": url_with(query, page=n), "here": n == number} for n in _near(number, count)],
        "count": count,
    }


def _near(number: int, count: int) -> list[int]:
    """The first page, the last one, and those next to the present one."""
    return [n for n in range(1, count + 1) if n in (1, count) or abs(n - number) <= 1]


def _empty(empty: Any) -> dict[str, Any]:
    if isinstance(empty, Mapping):
        return {"title": gettext("Nothing here."), **empty}
    return {"title": empty or gettext("Nothing here.")}
