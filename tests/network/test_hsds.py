"""The directory as HSDS 3.0: valid by the standard's own schema, the same when it comes back, and never a place."""

from __future__ import annotations

import copy
import json
import os
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fener.cli import main
from fener.network.hsds import exchange
from fener.network.hsds.described import Described
from fener.network.hsds.reading import from_hsds
from fener.network.hsds.standard import LARGEST, BadFile, check_services, read_services
from fener.network.hsds.writing import to_hsds
from fener.network.models import Service, ServiceEntry
from fener.network.services.directory import describe_service, say_free_places
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary
from fener.trust.actor import SYSTEM
from fener.trust.errors import Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.network import Mechanism

ZONE = "Europe/Belgrade"

# -- what stands in a file -------------------------------------------------------------------------------------------

words = st.text(st.characters(categories=("L", "Nd", "P", "Zs")), min_size=1, max_size=40).map(str.strip).filter(bool)
lines = st.lists(words, max_size=3, unique=True)
minutes = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
spans = st.tuples(st.integers(0, 6), minutes, minutes)
fields = st.fixed_dictionaries(
    {
        "description": words, "eligibility": words, "apply": words, "interpretation": words, "areas": lines,
        "documents": lines, "conditions": lines, "hours_note": st.one_of(st.just(""), words),
        "always_open": st.booleans(), "time_zone": st.sampled_from([ZONE, "Europe/Kyiv", "Etc/GMT+10"]),
        "closed_days": st.lists(
            st.fixed_dictionaries({"day": st.dates().map(date.isoformat), "note": st.one_of(st.just(""), words)}),
            max_size=3, unique_by=lambda one: one["day"],
        ),
        "cost": st.just("free"), "cost_note": st.one_of(st.just(""), words), "accessibility": words,
        "contact_name": words, "contact_role": words,
    },
    optional={"email": st.just("desk@example.org"), "website": st.just("https://example.org/help")},
)  # fmt: skip
open_places = st.fixed_dictionaries({"address": words, "postal_code": words, "town": words, "province": words})
services = st.builds(
    Described,
    standard_id=st.uuids(),
    name=words,
    organisation_id=st.uuids(),
    organisation_name=words,
    kind=st.sampled_from(catalogue().codes()),
    active=st.booleans(),
    concealed=st.booleans(),
    fields=fields,
    limits=st.fixed_dictionaries(
        {
            "genders": st.lists(st.sampled_from(["Feminine", "Masculine"]), max_size=2, unique=True),
            "accepts_children_of_person": st.booleans(),
            "languages": st.lists(
                st.sampled_from([code for code, _label in vocabulary("languages").choices()]), max_size=4, unique=True
            ),
        },
        optional={"min_age": st.integers(0, 20), "max_age": st.integers(21, 120), "capacity": st.integers(0, 99)},
    ),
    hours=st.lists(st.tuples(spans, st.uuids(), words), max_size=5),
    phones=st.lists(st.tuples(words, words, st.uuids()), max_size=3),
    verified_on=st.one_of(st.none(), st.dates()),
    free=st.one_of(
        st.none(), st.tuples(st.integers(0, 99), st.datetimes(timezones=st.just(ZoneInfo("UTC"))))
    ),
)  # fmt: skip


@given(services, open_places)
def test_what_goes_out_is_valid_and_comes_back_the_same(one: Described, place: dict[str, str]) -> None:
    assert {"Feminine", "Masculine"} <= {code for code, _label in vocabulary("gender").choices()}
    if not one.concealed:
        one.fields |= place
    raw = json.loads(json.dumps(to_hsds(one, sector="shelter", country="RS")))
    assert list(check_services([raw])) == []
    back = from_hsds(raw, where="services[0]", zone=ZONE)
    assert back.not_kept == []
    for name in ("standard_id", "name", "organisation_id", "kind", "active", "concealed", "verified_on", "free"):
        assert getattr(back, name) == getattr(one, name), name
    assert {name: back.fields.get(name) for name in one.fields} == one.fields
    assert {name: back.limits.get(name) for name in one.limits} == one.limits
    assert sorted(back.hours or [], key=str) == sorted(one.hours or [], key=str)
    assert back.phones == one.phones
    assert to_hsds(back, sector="shelter", country="RS") == raw


@given(services, open_places)
def test_of_a_concealed_service_no_place_goes_out_whatever_it_says(one: Described, place: dict[str, str]) -> None:
    one.concealed = True
    told = {name: f"~{name}~{value}" for name, value in place.items() if name != "province"}
    one.fields |= told
    raw = json.dumps(to_hsds(one, sector="shelter", country="RS"), ensure_ascii=False)
    assert not [value for value in told.values() if json.dumps(value, ensure_ascii=False)[1:-1] in raw]
    assert json.loads(raw)["service_at_locations"] == []


# -- into a node, and out of it --------------------------------------------------------------------------------------


@pytest.fixture
def legal(mechanism: Mechanism) -> Service:
    """A service that is described in full, at a place that everybody may know."""
    looks_after = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    service = mechanism.ngo.service(
        "legal_advice", capacity=5, min_age=16, languages=["sr", "en"], genders=["Feminine"]
    )
    describe_service(
        actor=looks_after,
        service=service,
        fields={
            "eligibility": "Everybody with questions about wages",
            "areas": ["Novi Brod", "Kamenovo"],
            "cost": "free",
            "concealed": False,
            "address": "Lipova 12",
            "town": "Novi Brod",
            "public": True,
            "closed_days": [{"day": "2026-05-01", "note": "Labour Day"}],
        },
        hours=[((0, time(9), time(17)), None, ""), ((4, time(20), time(6)), None, "by telephone")],
        phones=[("+381 000 1", "help-line", None)],
        checked=True,
    )
    say_free_places(actor=looks_after, service=service, free=2)
    return service


@pytest.fixture
def shelter(mechanism: Mechanism) -> Service:
    service = mechanism.shelter.service("shelter", capacity=6)
    describe_service(
        actor=mechanism.shelter.actor(Role.ORGANISATION_ADMIN), service=service, fields={"areas": ["the south"]}
    )
    return service


def out() -> list[dict[str, Any]]:
    made = json.loads(json.dumps(exchange.services_as_hsds(actor=SYSTEM)))
    assert list(check_services(made)) == []
    return list(made)


def test_the_same_file_changes_nothing(legal: Service, shelter: Service) -> None:
    before = out()
    report = exchange.bring_in(actor=SYSTEM, services=before)
    assert (report.new, report.changed, report.same, report.not_kept) == ([], [], 2, [])
    assert out() == before


def test_an_emptied_directory_is_whole_again(legal: Service, shelter: Service) -> None:
    before = out()
    Service.objects.all().delete()
    report = exchange.bring_in(actor=SYSTEM, services=before)
    assert len(report.new) == 2
    assert out() == before
    entry = ServiceEntry.objects.get(service__kind="legal_advice")
    assert not entry.public, "whether a service stands in the public list is said by its body alone"


def test_an_export_is_an_act_and_nobody_but_who_runs_the_node_does_it(mechanism: Mechanism, legal: Service) -> None:
    out()
    assert AuditEntry.objects.filter(act="directory.export").count() == 1
    for role in (Role.CASE_MANAGER, Role.ORGANISATION_ADMIN, Role.AUDITOR):
        with pytest.raises(Refused):
            exchange.services_as_hsds(actor=mechanism.ngo.actor(role))
        with pytest.raises(Refused):
            exchange.bring_in(actor=mechanism.co_ordination.actor(role), services=[])


def test_a_preview_says_what_would_change_and_changes_nothing(legal: Service, shelter: Service) -> None:
    before = out()
    file = copy.deepcopy(before)
    advice = next(one for one in file if one["phones"])
    advice["phones"], advice["name"] = [], "Advice"
    report = exchange.bring_in(actor=SYSTEM, services=file, dry_run=True)
    assert [parts for _name, parts in report.changed] == [["name", "phones"]]
    assert out() == before


def test_what_a_file_leaves_out_stays_as_it_is(legal: Service) -> None:
    (before,) = out()
    short = {name: before[name] for name in ("id", "name", "status")}
    exchange.bring_in(actor=SYSTEM, services=[short])
    assert out() == [before]


def test_a_service_that_a_file_does_not_name_stays(legal: Service, shelter: Service) -> None:
    before = out()
    exchange.bring_in(actor=SYSTEM, services=before[:1])
    assert out() == before


def test_what_has_no_place_is_not_kept_and_is_named(legal: Service) -> None:
    (file,) = out()
    file |= {"alert": "closed in August", "funding": [{"id": str(uuid4()), "source": "somebody"}]}
    file["phones"][0]["extension"] = 7
    file["schedules"].append({"id": str(uuid4()), "freq": "MONTHLY", "bymonthday": "1", "opens_at": "09:00"})
    report = exchange.bring_in(actor=SYSTEM, services=[file])
    assert set(report.not_kept) == {
        "services[0].alert", "services[0].funding", "services[0].phones[0].extension", "services[0].schedules[3]",
    }  # fmt: skip


PLACE = {"location_type": "physical", "latitude": 44.8, "longitude": 20.4}


@pytest.mark.parametrize("marked", [True, False])
def test_a_place_for_a_concealed_service_is_refused(shelter: Service, marked: bool) -> None:
    (file,) = out()
    file["service_at_locations"] = [{"id": str(uuid4()), "location": {"id": str(uuid4()), **PLACE}}]
    if not marked:  # the file does not say that it is concealed; the node knows
        file["attributes"] = [one for one in file["attributes"] if one["link_type"] != "fener:concealed"]
    with pytest.raises(BadFile, match="service_at_locations"):
        exchange.bring_in(actor=SYSTEM, services=[file])


def test_a_new_shelter_is_concealed_though_its_file_says_nothing(mechanism: Mechanism, shelter: Service) -> None:
    (file,) = out()
    shelter.delete()
    file["attributes"] = [one for one in file["attributes"] if one["link_type"] != "fener:concealed"]
    exchange.bring_in(actor=SYSTEM, services=[file])
    assert ServiceEntry.objects.get().concealed


def test_a_file_does_not_lift_the_concealment(shelter: Service) -> None:
    (file,) = out()
    for one in file["attributes"]:
        if one["link_type"] == "fener:concealed":
            one["value"] = "false"
    with pytest.raises(BadFile, match="is concealed here"):
        exchange.bring_in(actor=SYSTEM, services=[file])


def test_text_that_looks_like_an_address_is_refused_with_its_place(shelter: Service) -> None:
    (file,) = out()
    file["description"] = "Ring at Lipova 12"
    with pytest.raises(BadFile) as refused:
        exchange.bring_in(actor=SYSTEM, services=[file])
    assert "services[0].description" in str(refused.value)
    assert "Lipova" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"organization_id": str(UUID(int=1)), "organization": None}, "organization"),
        ({"minimum_age": 16.5}, "minimum_age"),
        ({"maximum_age": 1e300}, "maximum_age"),
        ({"assured_date": "tomorrow"}, "assured_date"),
        ({"url": "javascript:alert(1)"}, "website"),
        ({"description": "x" * 3000}, "description"),
        ({"description": "\u202eevil"}, "description"),
        ({"phones": [{"id": str(UUID(int=2)), "number": "call me"}]}, "phones"),
        ({"schedules": [{"id": str(UUID(int=3)), "byday": "XX", "opens_at": "09:00", "closes_at": "10:00"}]}, "byday"),
        ({"schedules": [{"id": str(UUID(int=3)), "byday": "MO", "opens_at": "9", "closes_at": "10:00"}]}, "opens_at"),
    ],
)
def test_one_wrong_value_stops_the_whole_file(
    legal: Service, shelter: Service, change: dict[str, Any], where: str
) -> None:
    before = out()
    file = copy.deepcopy(before)
    file[1]["name"] = "Another name"
    file[0] = {name: value for name, value in {**file[0], **change}.items() if value is not None}
    with pytest.raises(BadFile) as refused:
        exchange.bring_in(actor=SYSTEM, services=file)
    assert all("services[0]" in problem.where for problem in refused.value.problems)
    assert where in str(refused.value)
    assert out() == before


def test_an_id_that_is_another_row_s_is_refused_in_words(legal: Service, shelter: Service) -> None:
    file = out()
    taken = next(one for one in file if one["phones"])["phones"][0]["id"]
    without = next(one for one in file if not one["phones"])
    without["phones"] = [{"id": taken, "number": "+381 000 2"}]
    with pytest.raises(BadFile, match="two places"):
        exchange.bring_in(actor=SYSTEM, services=file)


def test_times_of_another_zone_stay_what_they_are(legal: Service) -> None:
    (file,) = out()
    file["attributes"] = [one for one in file["attributes"] if one["link_type"] != "fener:time_zone"]
    file["schedules"] = [
        {"id": str(uuid4()), "byday": "MO,TU", "freq": "WEEKLY", "opens_at": "10:00", "closes_at": "12:00",
         "timezone": -10}
    ]  # fmt: skip
    exchange.bring_in(actor=SYSTEM, services=[file])
    entry = ServiceEntry.objects.get()
    assert entry.time_zone == "Etc/GMT+10"
    assert datetime(2026, 3, 2, tzinfo=ZoneInfo(entry.time_zone)).utcoffset().total_seconds() == -36000  # type: ignore[union-attr]
    assert [hours.weekday for hours in entry.hours.all()] == [0, 1]


# -- files that are none ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no JSON"),
        (b"PK\x03\x04\xff\xfe", "UTF-8"),
        (b"7", "holds no services"),
        (b'{"contents": [1]}', "holds no services"),
        (b'[{"id": 1e999, "name": NaN}]', "NaN"),
        (b'{"id": "x", "id": "y"}', "stands twice"),
        (b"[" * 50_000, "nested too deeply"),
        (b'[{"a":' * 15 + b"1" + b"}]" * 15, "nested too deeply"),
        (b'{"id": ' + b"9" * 6000 + b"}", "no JSON"),
        (b'{"contents": [], "total_pages": 4}', "one page of several"),
        (b'[{"id": "no-uuid", "name": "x", "status": "closed"}]', "is no uuid"),
        (b'[{"id": "no-uuid", "name": "x", "status": "closed"}]', "services[0].status: has to be one of active"),
        (b'[{"name": "x", "status": "active"}]', "'id' is missing"),
    ],
)
def test_what_is_no_directory_is_refused_in_a_line(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "services.json"
    file.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        read_services(file)
    assert any(says in str(problem) for problem in refused.value.problems)
    assert all("\n" not in str(problem) and len(str(problem)) < 300 for problem in refused.value.problems)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    with file.open("wb") as out_file:
        out_file.truncate(LARGEST + 1)
    with pytest.raises(BadFile, match="larger than"):
        read_services(file)


def test_a_device_a_pipe_and_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero"), tmp_path / "nowhere"):
        with pytest.raises(BadFile):
            read_services(path)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    one = {"id": str(uuid4()), "name": "x", "status": "active"}
    (tmp_path / "services.json").write_text(json.dumps([one, one]), encoding="utf-8")
    with pytest.raises(BadFile, match=r"services\[1\].id"):
        read_services(tmp_path / "services.json")


# -- the commands ------------------------------------------------------------------------------------------------------


def test_the_commands_write_preview_bring_in_and_refuse(tmp_path: Path, legal: Service, shelter: Service) -> None:
    run, file = CliRunner(), tmp_path / "directory.json"
    assert run.invoke(main, ["export", "hsds", str(file)]).output == f"2 services written to {file}\n"
    assert run.invoke(main, ["export", "hsds", str(file)]).exit_code == 2
    page = json.loads(file.read_text(encoding="utf-8"))
    page["contents"][0]["name"] = "Advice"
    file.write_text(json.dumps(page), encoding="utf-8")
    preview = run.invoke(main, ["import", "hsds", str(file), "--dry-run"])
    assert "would be changed: Advice" in preview.output
    assert "0 new, 1 changed, 1 as they were; nothing was changed yet" in preview.output
    assert run.invoke(main, ["import", "hsds", str(file)]).exit_code == 0
    page["contents"][1]["status"] = "gone"
    file.write_text(json.dumps(page), encoding="utf-8")
    wrong = run.invoke(main, ["import", "hsds", str(file)])
    assert wrong.exit_code == 2
    assert wrong.output.startswith(f"{file}: services[1].status: has to be one of")
    assert wrong.output.count("\n") == 1
