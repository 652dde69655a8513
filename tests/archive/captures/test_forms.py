"""Which records a capture becomes, and what they say."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.captures.forms import (
    SNAPSHOT,
    capture_records,
    content_type,
    date_of,
    exchange_of,
    head_record,
    original_of,
    record_id,
    snapshot_of,
    target_of,
)
from stemma.records import Snapshot

AT = "2031-06-01T08:00:00Z"


@pytest.mark.parametrize(
    ("fetched", "date"),
    [
        ("2031-05-01T10:00:00Z", "2031-05-01T10:00:00Z"),
        ("2031-05-01T10:00:00+02:00", "2031-05-01T08:00:00Z"),
        ("2031-05-01T23:30:00.987-0130", "2031-05-02T01:00:00Z"),
        ("2031-05-01T10:00", "2031-05-01T10:00:00Z"),
        ("2031-05-01", "2031-05-01T00:00:00Z"),
        ("2031-05", "2031-05-01T00:00:00Z"),
        ("2031", "2031-01-01T00:00:00Z"),
        ("2031-05-01T29:00", "2031-05-01T00:00:00Z"),
        ("0001-01-01T00:00+05:00", "0001-01-01T00:00:00Z"),
        ("yesterday", AT),
        ("", AT),
        (None, AT),
    ],
)
def test_dates(fetched, date):
    assert date_of(fetched, AT) == date


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://dornpost.example/a?b=c&d", "https://dornpost.example/a?b=c&d"),
        ("HTTPS://DornPost.example", "https://dornpost.example/"),
        ("https://dornpost.example/a#part", "https://dornpost.example/a"),
        ("https://dornpost.example/é b%20c", "https://dornpost.example/%C3%A9%20b%20c"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://[::1/a\r\nb", "https://[::1/a%0D%0Ab"),
        ("http://dornpost.example:8080/", "http://dornpost.example:8080/"),
    ],
)
def test_targets(warc, url, target):
    assert target_of(warc.capture(url=url).snapshot) == target


@given(st.text(min_size=1))
def test_page_without_address_has_a_target_of_its_own(name):
    snapshot = Snapshot(origin=name, media_type="text/plain", digest="sha256:" + "0" * 64, size=0)
    target = target_of(snapshot)
    assert urlsplit(target).hostname == "unknown.invalid"
    assert target.isascii()
    assert not re.search(r"\s", target)
    assert snapshot.id in target


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_snapshot_comes_back_from_the_record(name):
    snapshot = Snapshot(origin=name, media_type="text/plain", digest="sha256:" + "0" * 64, size=0, outlet=name)
    from stemma.records import Capture

    (record,) = capture_records(Capture(snapshot, b""), AT)
    assert snapshot_of(record) == snapshot
    assert record.fields[SNAPSHOT].isascii()
    assert record.fields[SNAPSHOT].isprintable()


@pytest.mark.parametrize(
    ("payload", "kind", "said"),
    [
        (b"plain", "text/plain", "text/plain"),
        ("Łódź".encode(), "text/plain", "text/plain;charset=utf-8"),
        ("Łódź".encode("cp1250"), "text/plain", "text/plain"),
        ("Łódź charset=iso-8859-2".encode(), "text/plain", "text/plain;charset=utf-8"),
        ("<p>Łódź".encode(), "text/html", "text/html;charset=utf-8"),
        ('<meta charset="utf-8">Łódź'.encode(), "text/html", "text/html"),
        ("Łódź".encode("utf-16"), "text/plain", "text/plain"),
        ("語".encode("iso-2022-jp"), "text/plain", "text/plain"),
    ],
)
def test_content_types(warc, payload, kind, said):
    assert content_type(warc.capture(payload, media_type=kind)) == said


def test_file(warc):
    kept = warc.capture(b"Lamps.")
    (record,) = capture_records(kept, AT)
    digest = kept.snapshot.digest
    assert record.block == b"Lamps."
    assert record.fields["WARC-Type"] == "resource"
    assert record.fields["WARC-Block-Digest"] == record.fields["WARC-Payload-Digest"] == digest
    assert record.fields["WARC-Date"] == AT
    assert capture_records(kept, AT) == [record]


def test_exchange(warc):
    kept = warc.asked()
    record, request = capture_records(kept, AT)
    assert record.fields["WARC-Type"] == "response"
    assert record.fields["Content-Type"] == "application/http;msgtype=response"
    assert record.fields["WARC-IP-Address"] == "192.0.2.7"
    assert record.fields["WARC-Date"] == "2031-05-01T10:00:00Z"
    assert b"\r\nContent-Encoding" not in record.block
    assert record.block.endswith(b"\r\n\r\n" + kept.payload)
    assert request.fields["WARC-Concurrent-To"] == record.fields["WARC-Record-ID"] == record_id(kept.snapshot.id)
    assert request.fields["WARC-Record-ID"] != record.fields["WARC-Record-ID"]
    assert request.block == kept.exchange.request
    assert exchange_of(record, [request], kept.snapshot.size) == kept.exchange


def test_same_bytes_again(warc):
    first, again = warc.capture(b"<p>Lamps.</p>"), warc.asked(b"<p>Lamps.</p>")
    (whole,) = capture_records(first, AT)
    record, request = capture_records(again, AT, original_of(whole))
    assert record.is_revisit
    assert record.fields["WARC-Refers-To"] == whole.fields["WARC-Record-ID"]
    assert record.fields["WARC-Refers-To-Target-URI"] == whole.fields["WARC-Target-URI"]
    assert record.fields["WARC-Refers-To-Date"] == AT
    assert b"Lamps" not in record.block
    assert exchange_of(record, [request], again.snapshot.size) == again.exchange


def test_head_of_a_segment():
    record = head_record("a.warc.gz", AT)
    assert record.fields["WARC-Filename"] == "a.warc.gz"
    assert b"format: WARC File Format 1.1\r\n" in record.block
