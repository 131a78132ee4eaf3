"""Names that tell on nobody, in every shipped language and however they are written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.path.neutral_names import check_neutral_names, fold, name_flags, stems
from tests.norms.rules_made_up import with_pack


@pytest.mark.parametrize(
    "name",
    [
        "Home for victims",
        "Anti-Trafficking Sewing Course",
        "Survivors' café",
        "Kuća za žrtve trgovine ljudima",
        "Кућа за жртве",
        "Програм за преживеле",
        "Radionica protiv krijumčarenja",
        "V I C T I M support",
        "TRAFF1CKING desk",
        "Sex work exit",
        "ＶＩＣＴＩＭ",
    ],
)
def test_a_name_that_tells_is_refused_with_the_word(name: str) -> None:
    flags = name_flags(name)
    assert flags
    assert flags[0].rule == "RI-03"
    assert flags[0].why.params["word"]


@pytest.mark.parametrize(
    "name",
    [
        "Women's Workshop",
        "Blue House",
        "Radionica Lasta",
        "Кројачка радионица",
        "Essex Gardens",
        "Trgovina Lasta",
        "Robotics for young people",
        "Unisex hairdresser",
        "Pivot",
        "",
    ],
)
def test_a_name_that_could_be_anybodys_is_fine(name: str) -> None:
    assert name_flags(name) == ()


CYRILLIC = str.maketrans("abvgdezijklmnoprstufhc", "абвгдезијклмнопрстуфхц")


@given(st.sampled_from(stems()), st.sampled_from(["upper", "title", "lower"]), st.sampled_from(["", "!", " -", "  "]))
def test_capitals_and_signs_hide_nothing(stem: object, how: str, sign: str) -> None:
    word = stem.stem  # type: ignore[attr-defined]
    assert name_flags(f"Lasta {sign}{getattr(word, how)()}{sign}")


@given(st.sampled_from([stem.stem for stem in stems() if stem.language == "sr"]))
def test_cyrillic_is_read_as_latin(word: str) -> None:
    assert name_flags(f"Ласта {word.translate(CYRILLIC)}")


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_never_fails(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    name_flags(text)


def test_a_stem_that_would_never_be_found_is_refused() -> None:
    packs = load_packs()
    bad = [{"language": "sr", "stems": [{"stem": "žrtv", "source": {"id": "fener"}}]}]
    with pytest.raises(PackError, match="zrtv"):
        check_neutral_names(with_pack(packs, "neutral_names", "neutral_names", languages=bad))
    assert replace(stems()[0], whole=True).whole
