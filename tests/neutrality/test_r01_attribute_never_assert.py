"""R1: every claim carries its speaker and carrier; nothing is scored, and no title or message states it as fact."""

from __future__ import annotations

import html
import re

from stemma.show.lines import parts, speaker, tell
from stemma.show.plain import one_line


def test_every_line_names_speaker_carrier_and_day(lines) -> None:
    for line in lines:
        told = tell(line)
        head = told.partition(":")[0]
        assert (line.outlet or "outlet not known") in told or "quoted by" in head, told
        assert speaker(line) in head or "speaker not identified" in head, told
        assert (line.published or "")[:10] in told if line.published else "date not known" in told


def test_every_list_prints_whole_lines(outputs, lines) -> None:
    """Speaker, carrier and day stand before the words wherever statements are listed."""
    for name in ("find --text --limit 1000", "message text"):
        text = re.sub(r"[\s│]+", " ", outputs[name])
        for line in lines:
            head = re.sub(r"\s+", " ", one_line(parts(line).head))
            assert f"{head} " in text, (name, head)


def test_json_gives_the_line_beside_the_words(browser) -> None:
    for each in browser.get("/api/statements?limit=100").json()["items"]:
        assert each["line"]
        assert each["statement"]["content"]
        assert {"speakers", "chain", "outlet", "published", "snapshot"} <= set(each)


def test_messages_say_that_nothing_is_stated_as_fact(messages, pages) -> None:
    assert "none is stated as fact" in messages["text"]
    assert all("nothing here is stated as fact" in page for page in pages.values())


def test_no_title_of_a_page_or_message_holds_a_claim(pages, lines) -> None:
    titles = {
        address: html.unescape(re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1])
        for address, page in pages.items()
    }
    for address, title in titles.items():
        if address.startswith("/s/"):
            line = next(each for each in lines if each.statement.id == address[3:])
            content = line.statement.content[0].exact[:30]
            if content in title:
                head = title.partition(content)[0]
                assert any(who.name in head for who in line.speakers) or "speaker not identified" in head, title


def test_nothing_is_scored_or_labelled(own_words) -> None:
    scores = r"\b(?:propaganda|disinformation|misinformation|fake|truth(?:ful)?|credib\w+|reliab\w+|trustworth\w+|sentiment|bias\w*|hostile statement|lie[sd]?|false claim|debunk\w*)\b"
    assert own_words(scores) == []
