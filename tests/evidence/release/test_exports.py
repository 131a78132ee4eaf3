"""What goes out, in every form the same counts; and the names of other standards."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml

from fener.bad_input import BadInput
from fener.evidence.release import parse_spec, publish
from fener.evidence.release.exports.codes import CTDC, ctdc_rows, ctdc_shares
from fener.evidence.release.microdata import Coded, Microdata
from tests.evidence.release.made_up import records, spec, table

COLUMNS: dict[str, Any] = {
    "sex": {"codes": ["Feminine", "Masculine"], "htcds": "prs_Gender", "ctdc": "gender", "title": "Sex"},
    "form": {"codes": ["=1+1", "@labour", "begging"]},
}
COUNTS = {
    ("Feminine", "=1+1"): 40,
    ("Feminine", "@labour"): 30,
    ("Feminine", "begging"): 50,
    ("Masculine", "=1+1"): 60,
    ("Masculine", "@labour"): 4,
    ("Masculine", "begging"): 45,
}


@pytest.fixture(name="out")
def released(tmp_path: Path) -> Path:
    data = records(tmp_path / "data.csv", ("sex", "form"), COUNTS)
    assert publish(data, spec(tmp_path / "spec.yaml", columns=COLUMNS), tmp_path / "out").report is not None
    return tmp_path / "out"


def test_every_form_has_the_same_counts(out: Path) -> None:
    printed = table(out, "sex-form")
    parquet = pq.read_table(out / "tables" / "sex-form.parquet").to_pylist()
    assert {(row["sex"], row["form"]): row["count"] for row in parquet} == printed
    whole = json.loads((out / "tables.json").read_text())["tables"][0]["rows"]
    assert {(row["sex"], row["form"]): row["count"] for row in whole} == printed
    sheet = openpyxl.load_workbook(out / "tables.xlsx")["Table 1"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert {(r[0], r[1]): None if r[2] == "left out" else r[2] for r in rows} == printed


def test_no_text_becomes_a_formula(out: Path) -> None:
    sheet = openpyxl.load_workbook(out / "tables.xlsx")["Table 1"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}


def test_the_package_describes_each_csv(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text())
    (resource,) = package["resources"]
    with (out / resource["path"]).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    for field in fields[:2]:
        assert {row[field["name"]] for row in rows} == set(field["constraints"]["enum"])
    assert fields[0]["htcds"] == {
        "field": "prs_Gender",
        "codes": {"Feminine": "Feminine", "Masculine": "Masculine"},
    }
    assert fields[0]["ctdc"] == "gender"
    assert resource["schema"]["missingValues"] == [""]


def test_nothing_tells_a_small_count_from_the_others_that_are_left_out(out: Path) -> None:
    with (out / "tables" / "sex-form.csv").open(newline="") as stream:
        left_out = [row for row in csv.DictReader(stream) if not row["count"]]
    assert len(left_out) == 4
    assert {row["status"] for row in left_out} == {"left_out"}
    rows = [row for row in json.loads((out / "tables.json").read_text())["tables"][0]["rows"] if row["count"] is None]
    assert {tuple(sorted(row)) for row in rows} == {("count", "form", "sex")}


def test_the_same_records_give_the_same_files(out: Path, tmp_path: Path) -> None:
    publish(tmp_path / "data.csv", spec(tmp_path / "again.yaml", columns=COLUMNS, history="other"), tmp_path / "two")
    names = sorted(p.relative_to(out) for p in out.rglob("*") if p.is_file())
    again = {name: (tmp_path / "two" / name).read_bytes() for name in names}
    assert [n for n in names if (out / n).read_bytes() != again[n] and n.name not in TITLED] == []


TITLED = ("datapackage.json", "tables.json", "tables.xlsx", "report.html")  # they carry the specification's name


# -- names of other standards --


def ctdc_spec(**columns: Any) -> Any:
    raw = {"family": "national", "columns": columns, "tables": [[next(iter(columns))]], "history": "h"}
    return parse_spec(raw, Path("spec.yaml"))


def test_ctdc_has_27_variables_in_six_groups() -> None:
    assert len(CTDC) == 27
    assert len(set(CTDC)) == 27


def test_no_and_unknown_are_the_same_absence() -> None:
    made = ctdc_spec(
        threats={"codes": ["yes", "no", "unknown"], "ctdc": "meansThreats"},
        sex={"codes": ["f", "u"], "missing": "u", "ctdc": "gender", "ctdc_codes": {"f": "Woman"}},
    )
    data = Microdata(
        {
            "threats": Coded(np.array([0, 1, 2], dtype=np.int32), ("yes", "no", "unknown")),
            "sex": Coded(np.array([0, 1, 0], dtype=np.int32), ("f", "u")),
        }
    )
    rows = list(ctdc_rows(made, data))
    threats, gender = CTDC.index("meansThreats"), CTDC.index("gender")
    assert [row[threats] for row in rows] == ["1", None, None]
    assert [row[gender] for row in rows] == ["Woman", None, "Woman"]
    assert all(len(row) == 27 for row in rows)


def test_a_share_is_of_the_records_with_any_value_in_the_group() -> None:
    codes = {"codes": ["yes", "no"]}
    made = ctdc_spec(
        threats={**codes, "ctdc": "meansThreats"},
        debts={**codes, "ctdc": "meansDebtBondageEarnings"},
        labour={**codes, "ctdc": "isForcedLabour"},
    )
    flags = {"threats": [0, 0, 1, 1, 1], "debts": [0, 1, 0, 1, 1], "labour": [1, 1, 1, 1, 1]}
    data = Microdata({n: Coded(np.array(v, dtype=np.int32), ("yes", "no")) for n, v in flags.items()})
    shares = {share.variable: share for share in ctdc_shares(made, data)}
    assert (shares["meansThreats"].count, shares["meansThreats"].base) == (2, 3)
    assert shares["isForcedLabour"].percent is None


def test_invented_records_stand_in_the_variables_of_ctdc_too(tmp_path: Path) -> None:
    data = records(tmp_path / "data.csv", ("sex", "form"), COUNTS)
    flag = {"codes": ["=1+1", "@labour", "begging"], "ctdc": "isForcedLabour", "ctdc_codes": {"@labour": 1}}
    raw = {
        "family": "private",
        "rows": "persons",
        "columns": {**COLUMNS, "form": flag},
        "tables": [["sex", "form"]],
        "history": "history",
        "private": {
            "epsilon": 2,
            "delta": "1e-6",
            "budget": {"epsilon": 4, "delta": "1e-5"},
            "ledger": "ledger.jsonl",
            "synthetic": "yes",
        },
    }
    (tmp_path / "spec.yaml").write_text(yaml.safe_dump(raw))
    assert publish(data, tmp_path / "spec.yaml", tmp_path / "out").report is not None
    with (tmp_path / "out" / "ctdc.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == CTDC
    assert {row["isForcedLabour"] for row in rows} <= {"", "1"}
    assert {row["meansThreats"] for row in rows} == {""}
    with (tmp_path / "out" / "ctdc-shares.csv").open(newline="") as stream:
        (share,) = csv.DictReader(stream)
    assert share["variable"] == "isForcedLabour"
    assert share["percent"] == "100.0"  # of the records with any value in the group: the others may be unknown


@pytest.mark.parametrize(("key", "name"), [("htcds", "prs_Nothing"), ("ctdc", "meansNothing")])
def test_a_name_that_the_standard_does_not_have_is_refused(tmp_path: Path, key: str, name: str) -> None:
    data = records(tmp_path / "data.csv", ("sex", "form"), COUNTS)
    columns = {**COLUMNS, "form": {**COLUMNS["form"], key: name}}
    with pytest.raises(BadInput, match=rf"columns/form/{key}: '{name}'"):
        publish(data, spec(tmp_path / "spec.yaml", columns=columns), tmp_path / "out")
