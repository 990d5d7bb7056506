"""A briefing as one HTML file that asks for nothing elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geodash.briefing.content import Content

FOLDER = Path(__file__).parent
PLOTLY = FOLDER.parent / "static" / "plotly-basic.min.js"

_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
)


def to_html(content: Content) -> str:
    """Write a briefing as HTML: charts alive, sources as footnotes, no request to anywhere.

    Its Content-Security-Policy allows its own two scripts by their hashes, and nothing else. The
    same content gives the same text.
    """
    plotly, draw = PLOTLY.read_text("utf-8"), (FOLDER / "draw.js").read_text("utf-8")
    figures = {
        section.name: {
            "page": json.loads(section.figure.to_json(validate=False)),
            "phone": json.loads(section.phone.to_json(validate=False)),
        }
        for section in content.sections
    }
    return _TEMPLATES.get_template("briefing.html.j2").render(
        content=content,
        policy=_policy(plotly, draw),
        style=Markup((FOLDER / "briefing.css").read_text("utf-8")),
        manifest=Markup(content.manifest.to_json()),
        figures=_json(figures),
        plotly=Markup(plotly),
        draw=Markup(draw),
    )


def _json(value: object) -> Markup:
    """Write JSON that cannot end the script element in which it stands."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _policy(*scripts: str) -> str:
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    # Plotly puts a style element into the page.
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"
