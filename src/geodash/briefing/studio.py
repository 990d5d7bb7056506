"""The Chrome or Chromium that is there: it draws charts as pictures and prints pages as PDF."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from choreographer.errors import ChromeNotFoundError
from kaleido import Kaleido

PLOTLY = Path(__file__).parent.parent / "static" / "plotly-basic.min.js"


class Studio:
    """A browser that starts when it is first needed, and ends with the `with` block.

    Raises
    ------
    OSError
        By its methods, if there is neither Chrome nor Chromium.
    """

    def __init__(self) -> None:
        # Its own thread with its own loop: a notebook has a loop of its own.
        self._thread = ThreadPoolExecutor(1)
        self._loop = asyncio.Runner()
        self._browser: Any = None

    def __enter__(self) -> Self:
        """Begin; no browser is started yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the browser, if it was started."""
        if self._browser:
            self._run(self._browser.__aexit__(None, None, None))
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401
        return self._thread.submit(self._loop.run, work).result()

    def open(self) -> None:
        """Start the browser, unless it runs."""
        if not self._browser:
            self._browser = self._run(_started())

    def there(self) -> bool:
        """Tell whether there is a browser."""
        try:
            self.open()
        except OSError:
            return False
        return True

    def draw(self, figure: dict[str, Any], *, kind: str, width: int, scale: float = 1) -> bytes:
        """Draw a figure.

        Parameters
        ----------
        figure
            A Plotly figure whose layout has a height, in pixels.
        kind
            `svg`, `png` or `webp`.
        width
            Pixels.
        scale
            How many pixels of the picture each of them becomes.
        """
        self.open()
        opts = {"format": kind, "width": width, "height": figure["layout"]["height"]}
        picture: bytes = self._run(self._browser.calc_fig(figure, opts=opts | {"scale": scale}))
        return picture

    def print(self, page: str, *, ready: str) -> bytes:
        """Print a page as tagged PDF, on the paper that its style sheet names.

        Parameters
        ----------
        page
            The text of an HTML page that asks for nothing elsewhere.
        ready
            A JavaScript expression; what it gives is awaited before the page is printed.
        """
        self.open()
        pdf: bytes = self._run(_printed(self._browser, page, ready))
        return pdf


async def _started() -> Any:  # noqa: ANN401
    try:
        # Nothing is asked of elsewhere: the charts' library is ours, and formulas are off.
        return await Kaleido(n=1, mathjax=False, plotlyjs=PLOTLY).__aenter__()
    except ChromeNotFoundError as error:
        raise OSError(
            "pictures, PowerPoint, Word and PDF need Chrome or Chromium, and there is none; "
            "install one (on Debian: apt install chromium), name one that is there in the "
            "environment variable BROWSER_PATH, or choose html, md, csv or xlsx"
        ) from error


async def _printed(browser: Any, page: str, ready: str) -> bytes:  # noqa: ANN401
    tab = await browser.create_tab("about:blank")
    frame = (await _asked(tab, "Page.getFrameTree"))["frameTree"]["frame"]["id"]
    await _asked(tab, "Page.setDocumentContent", frameId=frame, html=page)
    await _asked(tab, "Runtime.evaluate", expression=ready, awaitPromise=True)
    printed = await _asked(
        tab,
        "Page.printToPDF",
        printBackground=True,
        preferCSSPageSize=True,
        generateTaggedPDF=True,
        generateDocumentOutline=True,
    )
    return base64.b64decode(printed["data"])


async def _asked(tab: Any, command: str, **parameters: object) -> dict[str, Any]:  # noqa: ANN401
    """Ask the browser (Chrome DevTools Protocol), and give its answer."""
    answer = await tab.send_command(command, parameters)
    if "error" in answer:
        raise OSError(f"the browser refused {command}: {answer['error']['message']}")
    result: dict[str, Any] = answer["result"]
    return result
