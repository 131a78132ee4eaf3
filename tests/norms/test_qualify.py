"""The trafficking test: elements, age, consent, alternatives and entitlement."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from fener.cli import main
from fener.norms.facts_input import InputError
from fener.norms.packs import load_packs
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import (
    ACTS,
    ADULT,
    CHILD,
    MEANS,
    PURPOSES,
    answers,
    any_facts,
    facts_with,
    movements,
    none_of,
    smuggling,
    trafficked_adult,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "norms"
RANK = {"not_found": 0, "unknown": 1, "undetermined": 1, "found": 2, "not_trafficking": 0, "trafficking": 2}


def answer(facts: Any) -> dict[str, Any]:
    return qualify(facts).to_json()


def findings(result: dict[str, Any]) -> dict[str, str]:
    keys = ("qualification", "forced_labour", "debt_bondage")
    return {**result["elements"], **{key: result[key] for key in keys}}


def rules(result: dict[str, Any]) -> set[str]:
    return {reason["rule"] for reason in result["reasons"]}


def test_no_facts_at_all_leave_everything_unknown_and_refuse_nothing() -> None:
    result = answer({})
    assert result["elements"] == {"act": "unknown", "means": "unknown", "purpose": "unknown"}
    assert result["qualification"] == "undetermined"
    assert result["forced_labour"] == result["debt_bondage"] == "undetermined"
    assert result["child"] == "presumed"
    assert result["alternatives"] == []
    assert result["entitled_to_protection"] is False
    assert "This refuses nothing" in result["reasons"][-1]["text"]


@pytest.mark.parametrize(
    ("person", "child"),
    [
        ({"age": 17}, True),
        ({"age": 18}, False),
        ({"age": 0}, True),
        ({"age": "17"}, True),
        ({"age": 18, "age_disputed": "yes"}, "presumed"),
        ({"age": 12, "age_disputed": True}, "presumed"),
        ({"age": 18, "age_disputed": "unknown"}, False),
        ({"age": "unknown"}, "presumed"),
        ({"age": None}, "presumed"),
        ({}, "presumed"),
    ],
)
def test_a_child_is_under_18_and_whoever_may_be_is_presumed_to_be(person: dict[str, Any], child: object) -> None:
    assert answer({"person": person})["child"] == child


def test_an_absent_code_is_not_an_excluded_code() -> None:
    assert answer({**ADULT, "acts": {"recruitment": "no"}})["elements"]["act"] == "unknown"
    assert answer({**ADULT, "acts": none_of(ACTS)})["elements"]["act"] == "not_found"
    one_open = {**none_of(ACTS), "receipt": "unknown"}
    assert answer({**ADULT, "acts": one_open})["elements"]["act"] == "unknown"


@pytest.mark.parametrize("element", ["acts", "means", "purposes"])
def test_one_excluded_element_excludes_trafficking_of_an_adult_and_nothing_else(element: str) -> None:
    codes = {"acts": ACTS, "means": MEANS, "purposes": PURPOSES}[element]
    result = answer(trafficked_adult(**{element: none_of(codes)}, forced_labour={"wages_withheld": "yes"}))
    assert result["qualification"] == "not_trafficking"
    assert result["entitled_to_protection"] is True


def test_consent_without_a_recorded_means_is_not_silently_a_no() -> None:
    open_means = {**ADULT, "acts": {"receipt": "yes"}, "purposes": {"prostitution": "yes"}, "consent": "yes"}
    result = answer(open_means)
    assert result["qualification"] == "undetermined"
    assert "palermo.consent_open" in rules(result)
    result = answer({**open_means, "means": none_of(MEANS)})
    assert result["qualification"] == "not_trafficking"
    assert result["consent_relevant"] is True
    assert result["entitled_to_protection"] is True


def test_a_child_with_an_unknown_act_is_undetermined() -> None:
    result = answer({**CHILD, "purposes": {"begging": "yes"}})
    assert result["qualification"] == "undetermined"
    assert result["entitled_to_protection"] is True


def test_a_child_with_every_means_excluded_is_trafficked_all_the_same() -> None:
    facts = {**CHILD, "acts": {"harbouring": "yes"}, "purposes": {"begging": "yes"}, "means": none_of(MEANS)}
    result = answer(facts)
    assert result["qualification"] == "trafficking"
    assert result["elements"]["means"] == "not_found"


def test_a_purpose_that_the_protocol_does_not_name_counts_because_its_list_is_open() -> None:
    result = answer(trafficked_adult(purposes={"other": "yes"}))
    assert result["qualification"] == "trafficking"
    assert "palermo.purpose_open_list" in rules(result)


def test_the_purpose_of_forced_labour_follows_from_its_section_when_nobody_stated_it() -> None:
    work = {"documents_retained": "yes", "voluntary": "no"}
    result = answer(trafficked_adult(purposes={}, forced_labour=work))
    assert (result["elements"]["purpose"], result["qualification"]) == ("found", "trafficking")
    assert "palermo.purpose_derived" in rules(result)


def test_debt_bondage_is_a_purpose_when_nobody_stated_it() -> None:
    result = answer(trafficked_adult(purposes={}, debt={"principal": 500, "length_defined": "no"}))
    assert (result["debt_bondage"], result["qualification"]) == ("found", "trafficking")


def test_no_forced_labour_so_far_does_not_exclude_that_it_was_the_purpose() -> None:
    others = {code: "no" for code in PURPOSES if code != "forced_labour"}
    work = {"voluntary": "yes", "conditions_known": "yes"}
    result = answer(trafficked_adult(purposes=others, means={"threat": "yes"}, forced_labour=work))
    assert result["forced_labour"] == "not_found"
    assert result["elements"]["purpose"] == "unknown"


def test_a_stated_no_that_another_section_contradicts_becomes_unknown_and_says_so() -> None:
    work = {"violence": "yes", "voluntary": "no"}
    result = answer(trafficked_adult(purposes=none_of(PURPOSES), forced_labour=work))
    assert result["elements"]["purpose"] == "unknown"
    assert result["qualification"] == "undetermined"
    assert "palermo.purpose_contradicted" in rules(result)


def test_a_menace_beside_excluded_means_is_pointed_out() -> None:
    facts = trafficked_adult(means=none_of(MEANS), forced_labour={"violence": "yes"})
    assert "palermo.violence_without_means" in rules(answer(facts))


def test_every_reason_names_rule_version_source_and_text() -> None:
    known = {source for pack in load_packs().of_kind("sources").values() for source in pack.data}
    examples = [file for file in sorted(EXAMPLES.glob("*.yaml")) if file.stem != "residence"]  # facts of a regime
    assert examples
    for example in examples:
        run = CliRunner().invoke(main, ["norms", "qualify", str(example), "--json"])
        for reason in json.loads(run.output)["reasons"]:
            assert set(reason) == {"rule", "version", "source", "text"}
            assert all(reason.values())
            assert reason["source"].split()[0] in known
            assert "{" not in reason["text"]


def test_alternatives_are_listed_with_what_speaks_against_them() -> None:
    facts = trafficked_adult(
        movement={"cross_border": "no", "entry": "legal"},
        smuggling={"paid_for_entry": "yes", "free_after_arrival": "no"},
    )
    result = answer(facts)
    assert "smuggling" in result["alternatives"]
    (reason,) = [entry for entry in result["reasons"] if entry["rule"] == "told_apart.smuggling"]
    assert "no border was crossed, the entry was legal, the person was not free after arrival" in reason["text"]


@pytest.mark.parametrize(
    ("facts", "path", "reason"),
    [
        ([], "", "must be a section"),
        ("yes", "", "must be a section"),
        ({"nationality": "XX"}, "nationality", "is not a known key"),
        ({"cooperates": "yes"}, "cooperates", "is not a known key"),
        ({1: "yes"}, "1", "is not a known key"),
        ({"": "yes"}, "(empty)", "is not a known key"),
        ({"a\n\x1b[2J\u202e": "yes"}, "a??[2J?", "is not a known key"),
        ({"acts": {"x" * 10_000: "yes"}}, "acts/" + "x" * 60, "is not a known key"),
        ({"consent": [["yes"] * 10_000] * 10_000}, "consent", "must be yes, no or unknown"),
        ({"acts": {"kidnap": "yes"}}, "acts/kidnap", "is not a known key"),
        ({"acts": ["recruitment"]}, "acts", "must be a section"),
        ({"means": {"force": "maybe"}}, "means/force", "must be yes, no or unknown"),
        ({"means": {"force": 1}}, "means/force", "must be yes, no or unknown"),
        ({"consent": ["yes"]}, "consent", "must be yes, no or unknown"),
        ({"person": {"age": -1}}, "person/age", "must be between"),
        ({"person": {"age": 131}}, "person/age", "must be between"),
        ({"person": {"age": 17.5}}, "person/age", "whole number"),
        ({"person": {"age": True}}, "person/age", "whole number"),
        ({"person": {"age": "sixteen"}}, "person/age", "whole number"),
        ({"person": {"name": "N."}}, "person/name", "is not a known key"),
        ({"movement": {"entry": "by night"}}, "movement/entry", "must be one of"),
        ({"forced_labour": {"other_penalty": 7}}, "forced_labour/other_penalty", "must be a text"),
        ({"forced_labour": {"other_penalty": "x" * 201}}, "forced_labour/other_penalty", "at most 200"),
        ({"forced_labour": {"other_penalty": "a\nb"}}, "forced_labour/other_penalty", "one line"),
        ({"debt": {"principal": -5}}, "debt/principal", "must not be negative"),
        ({"debt": {"principal": "1.200,00"}}, "debt/principal", "must be a number"),
        ({"debt": {"principal": float("nan")}}, "debt/principal", "must be a number"),
        ({"debt": {"principal": float("inf")}}, "debt/principal", "must be a number"),
        ({"debt": {"principal": False}}, "debt/principal", "must be a number"),
        ({"debt": {"principal": 10**16}}, "debt/principal", "too large"),
        ({"debt": {"currency": "euro"}}, "debt/currency", "three letters"),
        ({"smuggling": "yes"}, "smuggling", "must be a section"),
    ],
)
def test_bad_facts_are_refused_with_their_path_and_a_reason(facts: Any, path: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        qualify(facts)
    assert refused.value.path == path
    assert reason in refused.value.reason
    assert "\n" not in str(refused.value)


@given(any_facts, answers, movements, smuggling)
def test_consent_movement_entry_and_smuggling_never_change_what_is_found(
    facts: dict[str, Any], consent: str, movement: dict[str, str], smuggled: dict[str, str]
) -> None:
    other = {**facts, "consent": consent, "movement": movement, "smuggling": smuggled}
    before, after = answer(facts), answer(other)
    assert findings(before) == findings(after)
    assert before["entitled_to_protection"] == after["entitled_to_protection"]
    assert before["child"] == after["child"]


def stated(facts: dict[str, Any]) -> list[str]:
    return [
        f"{section}/{key}" if isinstance(content, dict) else section
        for section, content in facts.items()
        for key in (content if isinstance(content, dict) else [""])
    ]


@given(any_facts.filter(stated), st.data())
def test_forgetting_a_fact_never_turns_not_found_into_found(facts: dict[str, Any], data: st.DataObject) -> None:
    """The age is left out: forgetting it makes the person a presumed child, which is what the presumption is for."""
    path = data.draw(st.sampled_from(stated(facts)))
    if path.startswith("person"):
        return
    before, after = findings(answer(facts)), findings(answer(facts_with(facts, path, None)))
    for name, finding in before.items():
        assert not (RANK[finding] == 0 and RANK[after[name]] == 2), (name, path)


@given(any_facts, st.sampled_from(MEANS))
def test_one_means_more_never_lowers_a_result(facts: dict[str, Any], means: str) -> None:
    before, after = answer(facts), answer(facts_with(facts, f"means/{means}", "yes"))
    for name, finding in findings(before).items():
        assert RANK[findings(after)[name]] >= RANK[finding], name
    assert after["entitled_to_protection"] >= before["entitled_to_protection"]


@given(any_facts)
def test_whatever_is_trafficking_or_forced_labour_or_debt_bondage_is_entitled(facts: dict[str, Any]) -> None:
    result = answer(facts)
    if "found" in (result["forced_labour"], result["debt_bondage"]) or result["qualification"] == "trafficking":
        assert result["entitled_to_protection"] is True


@given(any_facts)
def test_the_answer_always_has_the_keys_and_words_of_the_contract(facts: dict[str, Any]) -> None:
    result = json.loads(json.dumps(answer(facts)))
    assert set(result["elements"]) == {"act", "means", "purpose"}
    assert set(result["elements"].values()) <= {"found", "not_found", "unknown"}
    assert result["qualification"] in {"trafficking", "not_trafficking", "undetermined"}
    assert result["child"] in (True, False, "presumed")
    assert {result["forced_labour"], result["debt_bondage"]} <= {"found", "not_found", "undetermined"}
    assert isinstance(result["entitled_to_protection"], bool)
    assert "trafficking" not in result["alternatives"]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["norms", "qualify", *arguments])


def test_the_command_prints_one_json_line() -> None:
    result = run(str(EXAMPLES / "workshop.yaml"), "--json")
    assert result.exit_code == 0
    (line,) = result.output.splitlines()
    assert json.loads(line)["qualification"] == "trafficking"


def test_the_command_prints_a_table_with_reasons_for_people() -> None:
    result = run(str(EXAMPLES / "child_begging.yaml"))
    assert result.exit_code == 0
    assert "presumed, until the age is decided" in result.output
    assert "palermo.age_disputed 1.0" in result.output


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("a.yaml", b"acts: {recruitment: perhaps}", "acts/recruitment"),
        ("b.yaml", b"acts: {recruitment: yes", "column 1"),
        ("c.yaml", b"consent: yes\nconsent: no\n", "occurs twice"),
        ("d.yaml", "consent: \u0161".encode("cp1250"), "not UTF-8"),
        ("e.json", b'{"consent": "yes",}', "line 1, column"),
        ("f.json", b'{"consent": "yes", "consent": "no"}', "occurs twice"),
        ("g.yaml", b"? [a, b]\n: yes\n", "single word"),
        ("h.yaml", b"person: {age: " + b"9" * 5000 + b"}", "cannot be read"),
        ("i.json", b"[" * 100_000, "recursion"),
        ("j.json", b'{"debt": {"principal": NaN}}', "debt/principal"),
        ("k.yaml", b"a: \x00", "not allowed"),
        ("l.yaml", b"a: " + b"[" * 100_000, "depth"),
        ("m.yaml", b"person: &a {age: *a}", "recursive"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_with_code_2(tmp_path: Path, name: str, content: bytes, where: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = run(str(file), "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert name in line
    assert where in line


def test_a_file_with_a_byte_order_mark_and_windows_lines_is_read(tmp_path: Path) -> None:
    for name, text in (("a.yaml", "person: {age: 16}\r\n"), ("b.json", '{"person": {"age": 16}}\r\n')):
        (tmp_path / name).write_bytes(text.encode("utf-8-sig"))
        assert json.loads(run(str(tmp_path / name), "--json").output)["child"] is True


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "absent.yaml", tmp_path):
        result = run(str(file))
        assert result.exit_code == 2
        assert str(file) in result.stderr


def test_an_empty_file_is_facts_of_which_nothing_is_known(tmp_path: Path) -> None:
    file = tmp_path / "empty.yaml"
    file.write_text("")
    assert json.loads(run(str(file), "--json").output)["qualification"] == "undetermined"


def test_help_has_an_example() -> None:
    for arguments in (["--help"], ["norms", "--help"], ["norms", "qualify", "--help"]):
        assert "Example: fener norms qualify" in CliRunner().invoke(main, arguments).output


def test_asking_the_rules_imports_no_django() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from fener.cli import main\n"
        f"r = CliRunner().invoke(main, ['norms', 'qualify', {str(EXAMPLES / 'workshop.yaml')!r}])\n"
        "assert r.exit_code == 0, r.output\n"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
