"""Charts for pages of others: fragments, pages for an iframe, and oEmbed cards."""

from __future__ import annotations

import html
import json
from functools import cache

from markupsafe import Markup

from geodash.briefing.content import Content, Section
from geodash.briefing.studio import PLOTLY
from geodash.briefing.web.html import (
    FOLDER,
    TEMPLATES,
    deflated,
    figures_of,
    in_page,
    policy_of,
    script,
)

#: Pixels: the width that an oEmbed card names, and what heading and caption add to a chart.
WIDTH, WORDS = 840, 200
#: One plotly.js for all fragments of a page; that of the page itself, which it would replace as a
#: global, comes back.
_LIBRARY = """window.geodashPlotly ??= (() => {
const module = { exports: {} }, define = undefined, own = window.Plotly;
%s
window.Plotly = own;
return module.exports;
})();
"""


def still(content: Content, section: Section, picture: bytes) -> str:
    """Write a chart as a `figure` element without a script, for pages that allow none.

    Parameters
    ----------
    picture
        The chart as SVG, with its heading, note and day.
    """
    return _fragment(content, section, still=True, picture=in_page(picture, "image/svg+xml"))


def live(content: Content, section: Section, picture: bytes | None) -> str:
    """Write a chart as a `figure` element that is alive and asks for nothing elsewhere.

    Several on one page share one plotly.js, and do not touch that of the page.

    Parameters
    ----------
    picture
        The chart as WebP, for readers without JavaScript; None if there is none.
    """
    return _fragment(
        content,
        section,
        still=False,
        picture=in_page(picture, "image/webp") if picture else "",
        figures=deflated(figures_of(section)),
        script=Markup(_script()),
    )


def page(section: Section, fragment: str, *, card: str) -> str:
    """Write a living fragment as a page for an iframe.

    The page tells its height by `postMessage`, as Embedly has it: JSON with `context`
    `iframe.resize`, `src` and `height` in pixels. It obeys its own Content-Security-Policy.

    Parameters
    ----------
    fragment
        As `live` gives it.
    card
        File name of the oEmbed card.
    """
    return TEMPLATES.get_template("frame.html.j2").render(
        section=section,
        policy=policy_of(_script()),
        card=card,
        fragment=Markup(fragment),
    )


def card(content: Content, section: Section, *, address: str) -> str:
    """Write the oEmbed card (version 1.0, type `rich`) of a page for an iframe.

    Parameters
    ----------
    address
        Where the page stands.
    """
    height = section.figure.layout.height + WORDS
    frame = (
        f'<iframe data-geodash src="{html.escape(address)}" title="{html.escape(section.heading)}" '
        f'width="100%" height="{height}" style="border:0" loading="lazy" '
        f'sandbox="allow-scripts allow-popups"></iframe>'
    )
    listen = (FOLDER / "listen.js").read_text("utf-8")
    told = {
        "version": "1.0",
        "type": "rich",
        "title": section.heading,
        "author_name": content.author,
        "provider_name": "geodash",
        "width": WIDTH,
        "height": height,
        "html": f"{frame}\n<script>\n{listen}</script>",
        "description": " ".join(filter(None, [section.reading, section.note, content.citation])),
        "sources": [source.citation for source in content.sources_of(section)],
        "geodash": json.loads(content.manifest.to_json()),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


@cache
def _script() -> str:
    # A block: what stands in it is no global of the page.
    return f"{_LIBRARY % PLOTLY.read_text('utf-8')}{{\n{script('embed.js')}}}\n"


def _fragment(content: Content, section: Section, **parts: object) -> str:
    return TEMPLATES.get_template("fragment.html.j2").render(
        content=content,
        section=section,
        sources=content.sources_of(section),
        manifest=Markup(content.manifest.to_json()),
        **parts,
    )
