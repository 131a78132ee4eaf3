"""Records and specifications that cannot be used are refused in one line that says where and why."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fener.bad_input import BadInput
from fener.evidence.release.microdata import read_microdata
from fener.evidence.release.spec import TOTAL, Spec, parse_spec, read_spec


def raw(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = {
        "family": "national",
        "columns": {"sex": {"codes": ["f", "m", "u"], "missing": "u"}, "age": {"codes": ["child", "adult"]}},
        "tables": [["sex", "age"]],
        "history": "history",
    }
    return value | changes


def spec(**changes: Any) -> Spec:
    return parse_spec(raw(**changes), Path("spec.yaml"))


def read(tmp_path: Path, content: str | bytes, **changes: Any) -> Any:
    file = tmp_path / "data.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_microdata(file, spec(**changes))


def test_columns_are_coded_by_the_public_code_list(tmp_path: Path) -> None:
    data = read(tmp_path, "\ufeffid,age,sex\n7,adult,m\n8,child,\n7,adult,f\n", person="id")
    assert data.columns["sex"].codes.tolist() == [1, 2, 0]
    assert data.columns["sex"].labels == ("f", "m", "u")
    assert data.person.tolist() == [0, 1, 0]
    assert data.rows == 3
    assert data.chosen(data.columns["age"].codes == 1).person.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is empty"),
        ("sex,age\n", "no records"),
        ("sex\nf\n", "row 1, column age: the column is missing"),
        ("sex,age,age\nf,adult,adult\n", "row 1, column age: the header names this column twice"),
        ("sex,age\nf,adult\nx,adult\n", "row 3, column sex: 'x' is not in"),
        ("sex,age\nf,\n", "row 2, column age: is empty"),
        ("sex,age\nf,adult\nf\n", "row 3: has 1 values"),
        ("sex,age\nf,adult\n\nf,adult\n", "row 3: has 0 values"),
        (b"sex,age\nf,adult\n" + b"\xe6,adult\n", "row 3: is not UTF-8"),
        ('sex,age\nf,"adult\n', "row 2"),
        ("sex,age\nf\0,adult\n", "row 2, column sex"),
    ],
)
def test_a_bad_file_is_named_by_row_and_column(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(BadInput, match=r"data\.csv: ") as refused:
        read(tmp_path, content)
    assert says in str(refused.value.message)
    assert "\n" not in refused.value.message


def test_a_record_without_its_person_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="row 3, column id: is empty"):
        read(tmp_path, "id,sex,age\n1,f,adult\n,f,adult\n", person="id")


def test_blank_lines_at_the_end_are_forgiven(tmp_path: Path) -> None:
    assert read(tmp_path, "sex,age\nf,adult\n\n\n").rows == 1


def test_a_hierarchy_gives_groups_before_their_parts() -> None:
    region = {"codes": ["a", "b", "c", "d"], "hierarchy": {"North": {"Far": ["a"], "Near": ["b"]}, "South": ["c"]}}
    column = spec(columns={"region": region}, tables=[["region"]]).columns["region"]
    assert column.nodes == (TOTAL, "North", "Far", "a", "Near", "b", "South", "c", "d")
    assert column.leaves("North") == ("a", "b")
    assert column.leaves(TOTAL) == ("a", "b", "c", "d")


def column(**changes: Any) -> dict[str, Any]:
    return {"columns": {"sex": {"codes": ["f", "m"], **changes}}, "tables": [["sex"]]}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"family": "both"}, "family: 'both'"),
        ({"private": {"epsilon": 1, "ledger": "l"}}, "private: does not belong"),
        ({"family": "private"}, "private: is needed"),
        ({"tables": [["sex", "form"]]}, "tables/0: 'form' is not one of the columns"),
        ({"tables": [["sex"], ["sex"]]}, "tables/1: a table of the name 'sex'"),
        ({"tables": [{"by": ["sex"], "where": {"age": "old"}}]}, "tables/0/where/age: 'old'"),
        ({"person": "sex"}, "person: 'sex' is also one of the columns"),
        ({"national": {"dominance": 80}}, "national/dominance: needs 'contributor'"),
        ({"national": {"base": 4}}, "national/base: 4"),
        ({"national": {"minimum": 0}}, "national/minimum: 0"),
        ({"period": {"start": "2024-02-30", "end": "2024-03-01"}}, "period/start: '2024-02-30' is no date"),
        ({"period": {"start": "2024-02-03", "end": "2024-01-01"}}, "period: ends before"),
        (column(missing="x"), "columns/sex/missing: 'x'"),
        (column(codes=["f", "f"]), "'f' stands twice"),
        (column(codes=["f", "Total"]), "'Total' cannot be"),
        (column(hierarchy={"g": ["f"], "h": ["f"]}), "'f' belongs to two groups"),
        (column(hierarchy={"g": ["h"], "h": ["g"]}), "hierarchy: is circular"),
        ({"unknown": 1}, "'unknown' was unexpected"),
    ],
)
def test_a_bad_specification_is_named_by_key_and_reason(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as refused:
        spec(**changes)
    assert says in refused.value.message


def private(**changes: Any) -> Any:
    rules = {"epsilon": 1, "delta": "1e-6", "ledger": "l"} | changes.pop("private", {})
    raw = {"family": "private", "history": "h", **column(), "private": rules} | changes
    return parse_spec(raw, Path("spec.yaml"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "person: is needed: the column that says whose a row is; or 'rows: persons' if each is another"),
        ({"person": "id", "rows": "persons"}, "rows: does not go with 'person'"),
        ({"rows": "records"}, "rows: 'records'"),
        ({"rows": "persons", "private": {"rows_per_person": 2}}, "private/rows_per_person: needs 'person'"),
        ({"person": "id", "private": {"delta": 0}}, "private/delta: must be above 0 for the method 'marginals'"),
        ({"person": "id", "private": {"synthetic": 1}}, "private/synthetic: 1"),
    ],
)
def test_a_private_release_says_who_is_protected_and_how(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as refused:
        private(**changes)
    assert refused.value.message.startswith(f"spec.yaml: {says}")


def test_a_private_release_is_of_persons_by_a_column_or_by_rows() -> None:
    assert private(person="id").person == "id"
    assert private(rows="persons").person == ""
    assert private(person="id", private={"method": "geometric", "delta": 0}).private.delta == 0


@pytest.mark.parametrize(("answer", "wanted"), [("yes", True), ("true", True), ("no", False), ("false", False)])
def test_yes_and_true_are_the_same_answer(tmp_path: Path, answer: str, wanted: bool) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(
        "family: private\nhistory: h\nrows: persons\ntables: [[sex]]\ncolumns: {sex: {codes: [f, m]}}\n"
        f"private: {{epsilon: 1, delta: 1e-6, ledger: l, synthetic: {answer}}}\n"
    )
    found = read_spec(file).private
    assert found is not None
    assert found.synthetic is wanted


def test_epsilon_is_the_decimal_that_was_written(tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(
        "family: private\nhistory: h\nrows: persons\ntables: [[sex]]\ncolumns: {sex: {codes: [yes, no]}}\n"
        "private: {epsilon: 0.1, delta: 1e-6, ledger: ledger.jsonl, synthetic: yes}\n"
    )
    found = read_spec(file)
    assert found.private is not None
    assert found.private.epsilon == Fraction(1, 10)
    assert found.private.delta == Fraction(1, 1_000_000)
    assert found.private.synthetic
    assert found.private.ledger == tmp_path / "ledger.jsonl"
    assert found.columns["sex"].codes == ("yes", "no")
