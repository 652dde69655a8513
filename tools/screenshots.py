"""Pictures of every screen of the reader, over the archive that the browser tests walk through.

    python -m tools.screenshots FOLDER

Each screen in light; some in dark and at 320 pixels too. The three of README go to docs/images. Needs Chromium.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browser.screens import SCREENS
from tests.browser.shelf import Shelf, fill, served

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDE, HIGH, NARROW = 1200, 780, 320
_SIGNATURE = 8  #: bytes before the first chunk of a PNG file


class Shot(NamedTuple):
    """A picture of one screen."""

    screen: str
    width: int = WIDE
    scheme: str = "light"
    high: int = 0  #: pixels; 0: the whole page

    @property
    def name(self) -> str:
        """Of its file."""
        marks = [self.scheme] * (self.scheme != "light") + [str(self.width)] * (self.width != WIDE)
        return "-".join([re.sub(r"\W+", "-", self.screen), *marks]) + ".png"


_DIFF = "/a/{first}/diff/2..3?view=side&only=1"
#: Those that stand in README, by the name of their file there.
README = {
    "statement.png": Shot("statement", high=HIGH), "utterance.png": Shot("utterance", high=900),
    "diff.png": Shot("diff of README", high=HIGH),
}  # fmt: skip
_OTHERWISE = ("start", "search", "article of several captures", "statement", "diff", "history", "utterance", "person")


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    shots = [Shot(screen) for screen in SCREENS]
    shots += [Shot(screen, scheme="dark") for screen in _OTHERWISE if screen in SCREENS]
    shots += [Shot(screen, width=NARROW) for screen in _OTHERWISE if screen in SCREENS]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        archive = Path(place) / "examples.stemma"
        with served(archive, fill(archive)) as shelf:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
            for shot in shots:
                take(browser, shelf, shot, folder / shot.name)
            for name, shot in README.items():
                take(browser, shelf, shot, IMAGES / name)
            browser.close()
    print(f"{len(shots)} pictures in {folder}, {len(README)} in {IMAGES}")


def take(browser: Browser, shelf: Shelf, shot: Shot, path: Path) -> None:
    """One picture."""
    screen = SCREENS.get(shot.screen, _DIFF)
    size = {"width": shot.width, "height": shot.high or HIGH}
    context = browser.new_context(viewport=size, color_scheme="dark" if shot.scheme == "dark" else "light")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(shelf.at(screen))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(page.screenshot(full_page=not shot.high)))
    context.close()


def packed(png: bytes) -> bytes:
    """The same picture in fewer bytes: its pixels packed as tightly as zlib can (PNG, W3C 2003, 10)."""
    chunks, at = list[tuple[bytes, bytes]](), _SIGNATURE
    while at < len(png):
        size = int.from_bytes(png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + size]))
        at += size + 12
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")), 9)
    kept = [each for each in chunks if each[0] in {b"IHDR", b"PLTE"}]
    rows = [*kept, (b"IDAT", pixels), (b"IEND", b"")]
    return png[:_SIGNATURE] + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4) for kind, body in rows
    )


if __name__ == "__main__":
    main()
