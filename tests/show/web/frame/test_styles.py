"""Sheets of several screens are one style sheet to a browser: what one of them calls by a name no other does."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"([^{}]+)\{")
_LEADING = re.compile(r"\.([\w-]+)(?=$|[ >:.\[])")
#: Styled for all screens by the frame, and a little further by one of them.
_SHARED = {"card", "legend", "row", "tools", "choice", "tabs"}


def test_no_two_screens_style_one_class() -> None:
    styled: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in (files("stemma.show.web.static") / "style").iterdir():
        if sheet.name.endswith(".css"):
            for selectors in _SELECTORS.findall(_COMMENT.sub("", sheet.read_text("utf-8"))):
                for selector in selectors.split(","):
                    if name := _LEADING.match(selector.strip()):
                        styled[name[1]].add(sheet.name)
    assert {name: sheets for name, sheets in styled.items() if len(sheets) > 1 and name not in _SHARED} == {}
