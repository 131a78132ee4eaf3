"""Counts the database queries of pages, as one signed-in person: python queries.py USERNAME PASSWORD -> JSON."""

from __future__ import annotations

import json
import re
import sys

import django


def main(username: str, password: str) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(HTTP_HOST="127.0.0.1")
    browser.post("/account/login/", {"login": username, "password": password})
    codes = re.findall(r'href="/cases/([0-9A-Z-]{7,12})/"', browser.get("/cases/").content.decode())
    # The fullest cases are those of the story; the list by opening date reaches some of them.
    codes += re.findall(r'href="/cases/([0-9A-Z-]{7,12})/"', browser.get("/cases/?sort=-opened_on").content.decode())

    def count(path: str) -> int:
        browser.get(path)  # what a process reads once (packs, catalogues) is read
        with CaptureQueriesContext(connection) as seen:
            answer = browser.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        return len(seen)

    counted = {"today": count("/"), "list": count("/cases/?page=3")}
    counted["case"] = max(count(f"/cases/{code}/") for code in codes[:40])
    print(json.dumps(counted))


if __name__ == "__main__":
    main(*sys.argv[1:3])
