"""What every chapter of a case keeps to, whoever builds it."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse

from fener.casework.chapters.contract import Chapter, Record
from fener.casework.chapters.finding import chapters, knew, records
from fener.trust import policy

RECORDS = list(records().values())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.code)
def test_a_record_names_acts_pages_and_a_template_that_exist(record: Record) -> None:
    assert record.list_act in policy.acts()
    assert policy.is_reading(record.list_act)
    assert get_template(record.template)
    for door in record.doors:
        assert door.act in policy.acts()
        assert reverse(door.url_name, args=["7F3K-9Q2M"]).startswith(f"/cases/7F3K-9Q2M/{record.chapter}/")


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.code)
def test_a_chapter_has_a_name_and_a_place(chapter: Chapter) -> None:
    assert re.fullmatch(r"[a-z]+", chapter.code)
    assert str(chapter.title)
    assert chapter.records


def test_no_two_chapters_want_one_place() -> None:
    places = [chapter.place for chapter in chapters()]
    assert len(places) == len(set(places))


def test_acts_under_who_knows_what_are_of_one_kind_each() -> None:
    told = [*knew().reads, *knew().gives, *knew().takes]
    assert len(told) == len(set(told))
