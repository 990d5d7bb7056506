from __future__ import annotations

import pytest

from geodash import theme
from tiny import TABLES, tiny


def test_markup_in_the_tables_shows_as_characters():
    assert theme.text("<b>bold</b> & <a href='x'>") == (
        "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href='x'&gt;"
    )
    assert theme.text(50) == "50"


def test_long_text_is_broken_without_breaking_its_markup():
    assert theme.wrapped("a <b> & c d", width=5) == "a &lt;b&gt;<br>&amp; c d"
    assert theme.wrapped("") == ""


def test_a_tooltip_has_one_bold_heading_and_no_other_markup():
    assert theme.hover("A <i>", "one", "", "<script>") == (
        "<b>A &lt;i&gt;</b><br>one<br>&lt;script&gt;"
    )


def test_actors_have_their_own_colour_or_that_of_their_party(tmp_path):
    actors = TABLES["actors"] + "ngo,The Club,The Club,organisation,,,,\n"
    colours = theme.colours_of(tiny(tmp_path, actors=actors))
    assert colours["aland"] == colours["ann"] == "#8c6bb1"
    assert colours["bob"] == "#b8860b"
    assert colours["ngo"] == theme.NEUTRAL


@pytest.mark.parametrize(
    ("stance", "step"),
    [(-2, -2), (-1.4, -1), (-0.5, -1), (0, 0), (0.4, 0), (0.5, 1), (1, 1), (1.5, 2), (1.6, 2)],
)
def test_a_mean_looks_like_the_nearest_stance_and_a_half_like_the_outer_one(stance, step):
    assert theme.stance_symbol(stance) == theme.STANCE_SYMBOLS[step]
    assert theme.stance_colour(stance) == theme.STANCE_COLOURS[step]


def test_every_stance_looks_different():
    assert list(theme.STANCE_COLOURS) == list(theme.STANCE_SYMBOLS) == [-2, -1, 0, 1, 2]
    assert len(set(theme.STANCE_COLOURS.values())) == len(set(theme.STANCE_SYMBOLS.values())) == 5


def test_dark_colours_can_be_swapped_for_light_ones_and_back():
    dark = set(theme.DARK.values())
    assert len(dark) == len(theme.DARK)
    assert not dark & set(theme.DARK)
    assert set(theme.STANCE_COLOURS.values()) <= set(theme.DARK)


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED, theme.ACCENT])
def test_text_stands_out_on_a_light_and_on_a_dark_page(colour):
    assert contrast(colour, theme.PAPER) >= 4.5
    assert contrast(theme.DARK[colour], theme.DARK[theme.PAPER]) >= 4.5


def test_a_chart_without_rows_is_one_sentence():
    figure = theme.empty_figure("Nothing of <Aland> here.")
    assert len(figure.data) == 0
    assert [note.text for note in figure.layout.annotations] == ["Nothing of &lt;Aland&gt; here."]
    assert not figure.layout.xaxis.visible


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by WCAG 2.2."""
    dark, light = sorted([luminance(first), luminance(second)])
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
