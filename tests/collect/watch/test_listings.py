"""Feeds and sitemaps as servers send them."""

from __future__ import annotations

import gzip
import os

import pytest

from stemma.collect.apart.hand import Hand
from stemma.collect.watch import listings
from stemma.collect.watch.listings import feed, sitemap
from stemma.collect.web.guard.addresses import read_address

AT = read_address("https://dornpost.example/news/")
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def urls(*places: str) -> bytes:
    return MAP.format("".join(f"<url><loc>{place}</loc></url>" for place in places)).encode()


def test_links_are_read_beside_the_feed_each_once():
    body = "<rss><channel>" + "".join(
        f"<item><link>{link}</link></item>" for link in ("1", "/2#top", "/2", "javascript:x()", "http://user@x.example/", "")
    ) + "</channel></rss>"  # fmt: skip
    assert feed(body.encode(), AT).pages == ["https://dornpost.example/news/1", "https://dornpost.example/2"]


@pytest.mark.parametrize("body", [b"", b"<html><p>No", b"\0" * 900, b"{}"])
def test_what_is_no_feed(body):
    assert feed(body, AT).trouble


def test_newest_first_where_a_sitemap_says_when():
    rows = "".join(
        f"<url><loc>/{day}</loc><n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
        f"<n:publication_date>2031-05-{day:02}</n:publication_date></n:news></url>" for day in (1, 3, 2)
    )  # fmt: skip
    assert [page[-1] for page in sitemap(MAP.format(rows).encode(), AT).pages] == ["3", "2", "1"]


def test_a_packed_sitemap():
    assert sitemap(gzip.compress(urls("/1")), AT).pages == ["https://dornpost.example/1"]


def test_a_broken_sitemap_gives_what_stands_before_the_damage():
    assert sitemap(urls("/1", "/2")[:-20], AT).pages[:1] == ["https://dornpost.example/1"]


@pytest.mark.parametrize("body", [b"", b"no xml", b"<urlset/>", b"\x1f\x8b\x08junk", b"<a>" * 100_000])
def test_what_is_no_sitemap(body):
    listed = sitemap(body, AT)
    assert listed.trouble
    assert not listed.pages


def test_a_sitemap_of_too_many(monkeypatch):
    monkeypatch.setattr("stemma.collect.watch.listings.MOST", 500)
    listed = sitemap(urls(*map(str, range(1_000))), AT)
    assert len(listed.pages) == 500
    assert "more than 500" in listed.trouble


def test_entities_of_a_sitemap_are_not_looked_at(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    bomb = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY y "{"z" * 9000}">]>'
    listed = sitemap((bomb + MAP.format("<url><loc>/&x;" + "&y;" * 1000 + "</loc></url>")).encode(), AT)
    assert not any("secret" in page or "zzz" in page for page in listed.pages)


def test_a_listing_that_is_read_apart_is_the_same():
    with Hand() as hand:
        for kind, body in (("feed", b"<rss><item><link>/1</link></item></rss>"), ("sitemap", urls("/1", "/2"))):
            assert listings.listed(kind, body, AT, hand).pages
            assert listings.listed(kind, body, AT, hand) == listings.listed(kind, body, AT, None)


def test_a_listing_that_kills_its_reader_lists_nothing(monkeypatch):
    monkeypatch.setattr(listings, "read_feed", lambda _: os._exit(3))
    with Hand() as hand:
        found = listings.listed("feed", b"<rss>", AT, hand)
        assert (found.pages, found.sitemaps) == ([], [])
        assert "exit status 3" in found.trouble
        monkeypatch.undo()
        assert listings.listed("feed", b"<p>", AT, hand).trouble == "it is no Atom or RSS feed"
