"""One name in many spellings and scripts meets itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.trust import names


def meets(left: str, right: str) -> bool:
    one, other = names.forms(left)[0], names.forms(right)[0]
    return bool(one.sounds & other.sounds)


def test_the_four_spellings_that_must_meet() -> None:
    spellings = ["Đorđević", "Djordjevic", "Ђорђевић", "Gjorgjević"]
    for left in spellings:
        for right in spellings:
            assert meets(left, right), (left, right)


@pytest.mark.parametrize(
    "group",
    [
        "Đorđević DORDEVIC Ѓорѓевиќ Gyorgyevich Djordjević đorđević",
        "Љиљана Ljiljana Liljana Ljilјana",
        "Ольга Olga Olha Олга",
        "Юлия Julija Јулија Yulia Iulia Юлія",
        "Hoxha Hodža Хоџа Hodzha",
        "Nicolae Nikolae Николае",
        "Çela Cela Чела",
        "Ștefan Ştefan Stefan Стефан",
        "Yıldız YILDIZ yildiz",
        "İbrahim Ibrahim Ибрахим",
        "Mehmet Mehmed Мехмед",
        "Христов Hristov Khristov Hristoff",
        "Петрович Petrović Petrovich Petrowitsch Petrovitch",
        "Щерев Shterev Šterev",
        "Щербань Shcherban Ščerban",
        "Елена Jelena Yelena Elena",
        "Marko Marco Марко",
        "Żółć Zolc",
        "D'Angelo Dangelo D’Angelo",
        "Мар'яна Марʼяна Marjana",
        "Müller Mueller Muller",
        "Wojciech Vojcieh",
        "Γεώργιος Georgios",
    ],
)
def test_spellings_of_one_name_meet(group: str) -> None:
    first, *others = group.split()
    assert [other for other in others if not meets(first, other)] == []


@pytest.mark.parametrize("left, right", [("Mohammad", "Muhamed"), ("Мухаммад", "Mohamed"), ("Hussein", "Hasan")])
def test_the_frame_is_looser_than_the_sound(left: str, right: str) -> None:
    assert names.forms(left)[0].frames & names.forms(right)[0].frames


@pytest.mark.parametrize("left, right", [("Petrović", "Pavlović"), ("Ana", "Ena"), ("Jovan", "Jovana"), ("Lea", "Lia")])
def test_different_names_do_not_meet(left: str, right: str) -> None:
    assert not meets(left, right)


@pytest.mark.parametrize(
    "written",
    [
        "Đorđe Petrović",
        "  đorđe   PETROVIĆ ",
        "\u202eĐorđe\u202c Petrović",
        "Đor\u200bđe Pe\u00adtrović",
        "Đorđe\u00a0Petrović",
        "Đorđe\tPetrović\n",
        "Đorđe-Petrović",
        "Đorđe, Petrović",
        "\ufeffĐorđe Petrovic\u0301",
        "Ｄｊｏｒｄｊｅ Petrović",
        "Ђорђе Петровић",
    ],
)
def test_hidden_signs_blanks_case_and_composition_do_not_matter(written: str) -> None:
    assert names.words(written) == ["djordje", "petrovic"]


@pytest.mark.parametrize("empty", ["", "   ", "—", "\u202e\u200b", "''", "\x00"])
def test_nothing_gives_no_words(empty: str) -> None:
    assert names.words(empty) == []
    assert names.forms(empty) == []


def test_other_scripts_stay_as_they_are_without_their_marks() -> None:
    assert names.words("مُحَمَّد") == names.words("محمد") == ["محمد"]
    assert names.words("王 小明") == ["王", "小明"]


def test_mixed_scripts_in_one_word_are_one_word() -> None:
    assert names.words("Pетровић") == ["petrovic"]  # the P is Latin, the rest Cyrillic


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    once = names.words(text)
    assert len(once) <= names.MAX_WORDS
    assert names.words(" ".join(once)) == once or any(not word.isascii() for word in once)
    for forms in names.forms(text):
        assert forms.word
        assert forms.sounds


@pytest.mark.parametrize("number", ["+381 64 123-45-67", "064/1234567", "00381641234567", "٠٦٤١٢٣٤٥٦٧"])
def test_a_telephone_number_is_found_with_and_without_its_country(number: str) -> None:
    assert names.phone_forms(number) & names.phone_forms("0641234567")


def test_what_is_no_number_gives_no_form() -> None:
    assert names.phone_forms("call me") == names.phone_forms("12345") == frozenset()
