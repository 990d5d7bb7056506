"""Prove that quotations stand where they are said to stand, given the text of their source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import pandas as pd

from geodash.case import Case
from geodash.problems import Problem
from geodash.schema import FIRST_ROW
from geodash.wording import listed

#: Typographic signs and what they are folded into; NFKC folds spaces, ellipses and ligatures.
_FOLDED = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‐‑‒–—―−", "-")
)

#: Soft hyphens, joiners and other characters without a width.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def verify(case: Case, texts: Mapping[str, str]) -> list[Problem]:
    """Find the quotations that do not stand in the paragraph they name.

    Quotation marks, dashes, ellipses and spaces count as the same however they are set; capital
    and small letters do not. An ellipsis in a quotation stands for words left out of the same
    paragraph.

    Parameters
    ----------
    case
        The whole case; only positions from the given sources are looked at.
    texts
        Text of each source, by id; see `paragraphs` for its form.

    Raises
    ------
    KeyError
        If a source is not in the case.
    """
    for source in texts:
        if source not in set(case.sources["id"]):
            raise KeyError(f"this case has no source “{source}”")
    folded = {
        source: [_fold(block) for block in paragraphs(text)] for source, text in texts.items()
    }
    quoted = quotations(case, texts)
    problems = []
    for row, source, quotation, paragraph in zip(
        quoted.index, quoted["source"], quoted["quotation"], quoted["paragraph"], strict=True
    ):
        places = _places(quotation, folded[source])
        if paragraph not in places:
            rule = "a quotation must stand in the paragraph it names"
            found = f"“{quotation}”, which is not in paragraph {paragraph} of {len(folded[source])}"
            mend = _mend(places)
            problems.append(Problem("positions", row + FIRST_ROW, "quotation", rule, found, mend))
    return problems


def quotations(case: Case, sources: Iterable[str]) -> pd.DataFrame:
    """Give the positions that quote one of these sources.

    Parameters
    ----------
    sources
        Ids of sources.
    """
    rows = case.positions
    return rows[rows["quotation"].notna() & rows["source"].isin(list(sources))]


def paragraphs(text: str) -> list[str]:
    """Split a text into its paragraphs; the first is the headline.

    Blocks between blank lines are paragraphs if there are blank lines; else each line is one.
    """
    text = text.strip().replace("\r\n", "\n")
    blocks = re.split(r"\n\s*\n", text)
    return blocks if len(blocks) > 1 else text.split("\n")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_FOLDED))
    return " ".join(plain.split())


def _places(quotation: str, blocks: list[str]) -> list[int]:
    """Give the numbers of the paragraphs in which a quotation stands, as whole words."""
    parts = [re.escape(part.strip()) for part in _fold(quotation).split("...") if part.strip()]
    if not parts:
        return []
    pattern = re.compile(r"(?<!\w)" + ".*?".join(parts) + r"(?!\w)")
    return [number for number, block in enumerate(blocks, start=1) if pattern.search(block)]


def _mend(places: list[int]) -> str:
    if not places:
        return "quote the words as they are printed, or leave the quotation empty"
    return f"write paragraph {listed([str(place) for place in places])}, where it stands"
