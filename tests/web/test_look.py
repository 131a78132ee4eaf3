"""Colours carry enough contrast in both schemes, and what is shipped is ours to ship."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fener

WEB = Path(fener.__file__).parent / "web"
NAMES = (WEB / "scss" / "_names.scss").read_text(encoding="utf-8")

# (text, ground): every pair in which words are set.
TEXT = [
    *[("ink", ground) for ground in ("paper", "sheet", "mist", "glow-wash", "clay-wash")],
    *[("quiet", ground) for ground in ("paper", "sheet")],
    *[("link", ground) for ground in ("paper", "sheet")],
    *[("clay", ground) for ground in ("paper", "sheet", "clay-wash")],
    *[("leaf", ground) for ground in ("paper", "leaf-wash")],
    *[("on-night", ground) for ground in ("night", "night-deep")],
    *[("on-clay", ground) for ground in ("clay", "clay-deep")],
    ("on-header", "header"),
    ("on-lantern", "lantern"),
]
# (sign, ground): edges of fields, bands of the time line.
SIGNS = [("edge", "paper"), ("edge", "sheet"), ("leaf", "sheet"), ("clay", "sheet"), ("night", "sheet")]


def scheme(name: str) -> dict[str, str]:
    body = re.search(rf"@mixin {name} {{(.*?)\n}}", NAMES, re.S)
    assert body
    return dict(re.findall(r"--fener-([a-z-]+): (#[0-9a-f]{6});", body.group(1)))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: from 1 (same) to 21 (black on white)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_words_can_be_read_on_every_ground(name: str, text: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_signs_and_edges_can_be_told_from_their_ground(name: str, sign: str, ground: str) -> None:
    colours = scheme(name)
    assert contrast(colours[sign], colours[ground]) >= 3


def test_the_two_schemes_have_the_same_names() -> None:
    assert scheme("light").keys() == scheme("dark").keys()


def test_the_compiled_style_holds_the_names_and_nothing_from_elsewhere() -> None:
    css = (WEB / "static/web/fener.css").read_text(encoding="utf-8")
    for name, colour in scheme("light").items():
        assert f"--fener-{name}: {colour}" in css or colour == "#ffffff"
    addresses = re.findall(r"url\(([^)]*)\)", css)
    assert all(re.fullmatch(r'"fonts/[a-z0-9-]+\.woff2"', address) for address in addresses)
    assert all((WEB / "static/web" / address.strip('"')).is_file() for address in addresses)
    assert "GDS Transport" not in css
    assert "crown" not in css.lower()


def test_no_side_is_left_or_right_where_a_script_may_run_the_other_way() -> None:
    css = (WEB / "static/web/fener.css").read_text(encoding="utf-8")
    assert not re.findall(r"(?:margin|padding)-(?:left|right)|[{;\s](?:left|right):|text-align:\s*(?:left|right)", css)


def test_what_others_made_is_shipped_with_its_licence() -> None:
    licences = WEB / "static/web/licences"
    assert "SIL Open Font License" in (licences / "source-sans-3-OFL.txt").read_text(encoding="utf-8")
    assert "MIT License" in (licences / "govuk-frontend-MIT.txt").read_text(encoding="utf-8")
