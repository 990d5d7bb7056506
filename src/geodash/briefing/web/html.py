"""A briefing as one HTML file that asks for nothing elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodash.briefing.content import Content, Section
from geodash.briefing.studio import PLOTLY

FOLDER = Path(__file__).parent

TEMPLATES = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)


def to_html(content: Content, pictures: Mapping[str, bytes]) -> str:
    """Write a briefing as HTML: charts alive, sources as footnotes, no request to anywhere.

    Its Content-Security-Policy allows its own two scripts by their hashes, and nothing else. The
    same content and pictures give the same text.

    Parameters
    ----------
    content
        The briefing as data.
    pictures
        Each chart as WebP by the name of its section, for readers without JavaScript; may be empty.
    """
    plotly, draw = PLOTLY.read_text("utf-8"), script("draw.js")
    return TEMPLATES.get_template("briefing.html.j2").render(
        content=content,
        pictures={name: in_page(picture, "image/webp") for name, picture in pictures.items()},
        policy=policy_of(plotly, draw),
        style=Markup((FOLDER / "briefing.css").read_text("utf-8")),
        manifest=Markup(content.manifest.to_json()),
        figures=deflated({section.name: _figures(section) for section in content.sections}),
        plotly=Markup(plotly),
        draw=Markup(draw),
    )


def _figures(section: Section) -> dict[str, Any]:
    # Where it has no parts, the figure for a page is that for paper too.
    sheets = section.sheets if len(section.sheets) > 1 else ()
    return figures_of(section) | {"sheets": [_plain(sheet) for sheet in sheets]}


def figures_of(section: Section) -> dict[str, Any]:
    """Give the figures of a chart for a page and for a phone, as JSON."""
    return {"page": _plain(section.figure), "phone": _plain(section.phone)}


def _plain(figure: go.Figure) -> Any:  # noqa: ANN401
    return json.loads(figure.to_json(validate=False))


def script(name: str) -> str:
    """Give a script of this folder, with what unpacks its figures."""
    return "".join((FOLDER / part).read_text("utf-8") for part in ("unpacked.js", name))


def deflated(value: object) -> str:
    """Write a value as JSON, deflated (RFC 1950) and in Base64: a fifth of its size."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def in_page(picture: bytes, kind: str) -> str:
    """Write a picture as an address that holds it whole (RFC 2397)."""
    return f"data:{kind};base64,{base64.b64encode(picture).decode()}"


def policy_of(*scripts: str) -> str:
    """Write the Content-Security-Policy of a page that has these scripts, and no others."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    # Plotly puts a style element into the page.
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"
