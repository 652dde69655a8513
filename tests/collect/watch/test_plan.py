"""Files of sources: what is read, and what is told of a mistake."""

from __future__ import annotations

import pytest

from stemma.collect.watch.plan import read_plan
from stemma.errors import BadValue


def test_a_file_of_sources(tmp_path):
    (tmp_path / "list.txt").write_text(
        "# ours\nhttps://orvo.example/1\n\nhttps://orvo.example/2\nhttps://orvo.example/1\n"
    )
    (tmp_path / "sources.toml").write_text("""
        contact = "desk@orvo.example"
        [[source]]
        feed = "https://dornpost.example/rss"
        every = "5m"
        outlet = "Dorn Post"
        again = ["2h", "1h"]
        [[source]]
        list = "list.txt"
        [[source]]
        page = "https://dornpost.example/first#top"
        every = "1s"
    """)
    feed, listed, page = read_plan(tmp_path / "sources.toml").sources
    assert (feed.kind, feed.every, feed.again, feed.outlet) == ("feed", 300.0, (3600.0, 7200.0), "Dorn Post")
    assert listed.pages == ("https://orvo.example/1", "https://orvo.example/2")
    assert (page.address, page.every) == ("https://dornpost.example/first", 60.0)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "at least one"), ("source = 3", "at least one"), ("[[source]]", "one of feed"), ("[[", "TOML"),
     ('[[source]]\nfeed = "ftp://x"', "http"), ('[[source]]\nfeed = "https://a.example"\nevry = "1h"', "evry"),
     ('[[source]]\nfeed = "https://a.example"\npage = "https://a.example/1"', "one of feed"),
     ('[[source]]\nfeed = "https://a.example"\nevery = "often"', "span of time"),
     ('[[source]]\nfeed = "https://a.example"\nagain = "1h"', "list of spans"),
     ('[[source]]\nfeed = "https://a.example"\nmost = 0', "number of pages"),
     ('[[source]]\nlist = "none.txt"', "one a line"),
     ('[[source]]\nfeed = "https://a.example"\n[[source]]\nfeed = "https://a.example"', "each address in one")],
)  # fmt: skip
def test_mistakes_are_named(tmp_path, text, why):
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(BadValue, match=why):
        read_plan(tmp_path / "sources.toml")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BadValue, match="TOML file of sources"):
        read_plan(tmp_path / "none.toml")
