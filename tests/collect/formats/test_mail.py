"""Saved pages and letters: the part that is read, and what the file says of it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from stemma.records import Problem, Stated

PAGE = "<!doctype html><p>Лампы зажжены, said Ilvane Torsk."


def letter(charset="utf-8", **heads) -> EmailMessage:
    made = EmailMessage()
    for name, value in (
        {"From": "Dorn Post <desk@dornpost.example>", "Date": "Sat, 03 May 2031 23:14:00 +0300"} | heads
    ).items():
        made[name.replace("_", "-")] = value
    made.set_content("Lamps are lit.", charset=charset)
    made.add_alternative(PAGE, subtype="html", charset=charset)
    return made


def test_a_letter_gives_its_html_sender_and_day(taken):
    (page,) = taken(letter().as_bytes(), "morning.eml")
    snapshot = page.snapshot
    assert page.payload.decode().strip() == PAGE
    assert (snapshot.outlet, snapshot.published, snapshot.fetched, snapshot.url) == (
        "Dorn Post",
        "2031-05-03",
        None,
        None,
    )


def test_another_charset_is_kept_readable(taken):
    (page,) = taken(letter("koi8-r").as_bytes(), "morning.eml")
    assert page.payload.startswith(b"\xef\xbb\xbf")
    assert page.payload.decode("utf-8-sig").strip() == PAGE


def test_what_is_stated_fills_what_the_letter_does_not_say(taken):
    made = EmailMessage()
    made.set_content("Lamps are lit.")
    (page,) = taken(made.as_bytes(), "morning.eml", Stated(outlet="Orvo Wire", published="2031-05-04"))
    assert (page.snapshot.outlet, page.snapshot.published, page.snapshot.media_type) == (
        "Orvo Wire",
        "2031-05-04",
        "text/plain",
    )


def test_a_saved_page_has_its_address_and_time(taken):
    made = letter(Snapshot_Content_Location="https://dornpost.example/1", MIME_Version="1.0")
    for name in ("saved.mhtml", "saved.mht"):
        (page,) = taken(made.as_bytes(), name)
        assert (page.snapshot.url, page.snapshot.fetched, page.snapshot.outlet) == (
            "https://dornpost.example/1", "2031-05-03T23:14:00+03:00", None,
        )  # fmt: skip


def test_attachments_are_no_page(taken):
    made = EmailMessage()
    made["From"] = "desk@dornpost.example"
    made.add_attachment(PAGE, subtype="html", filename="a.html")
    (problem,) = taken(made.as_bytes(), "morning.eml")
    assert "neither HTML nor text" in problem.message


@pytest.mark.parametrize(
    "held",
    [b"", b"\0" * 5000, b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 20_000,
     b"From: =?x?b?!!?=\nDate: nonsense\nContent-Type: text/html; charset=nonsense\n\n<p>Lamps.",
     b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n####",
     b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3_000))],
)  # fmt: skip
def test_odd_letters_end(taken, held):
    found = taken(held, "morning.eml")
    assert len(found) == 1
    assert isinstance(found[0], Problem) or found[0].payload
