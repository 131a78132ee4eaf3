"""Small templates rendered with the design system, and what stands in them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory


def render(template: str, request: HttpRequest | None = None, **values: Any) -> str:
    """A template that has loaded the design system, rendered as part of a page."""
    context = {"request": request or RequestFactory().get("/"), **values}
    return Template("{% load fener i18n %}" + template).render(Context(context))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(html: str) -> str:
    """What a reader reads: the text without its markup, single-spaced."""
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.parts).split())
