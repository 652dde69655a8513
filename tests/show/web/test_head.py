"""The head of every page, and the shortcuts."""

from __future__ import annotations

import html
import json
import re

from stemma.show.web.frame.head.keys import keys
from tests.show.web.conftest import ask, seen


def test_shortcuts_differ_and_none_hides_another() -> None:
    pressed = [key.key for key in keys()]
    assert len(pressed) == len(set(pressed))
    assert len({key.does for key in keys()}) == len(pressed)
    first = {key.split(" ")[0] for key in pressed if " " in key}
    assert not first & set(pressed), "a key that begins two others must do nothing by itself"


def test_the_script_and_the_help_have_the_same_list(archive) -> None:
    page = ask(archive, "/help").text
    found = re.search(r'<body data-keys="([^"]*)"', page)
    assert found
    assert json.loads(html.unescape(found.group(1))) == {key.does: key.key for key in keys()}
    assert all(key.told in seen(page) for key in keys())


def test_the_head_leads_only_where_there_is_something(archive) -> None:
    page = ask(archive, "/help").text
    leads = re.findall(r'href="(/[a-z]*)"', page.split('<nav aria-label="Screens">')[1].split("</nav>")[0])
    assert leads[0] == "/"
    assert all(ask(archive, each).status != 404 for each in leads)
