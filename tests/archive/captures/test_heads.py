"""The head of a response, kept and sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.captures.heads import kept_head, sent_head

LINES = st.sampled_from([
    b"HTTP/1.1 200 OK", b"Content-Encoding: gzip", b"content-length:7", b"X-Archive-Orig-Content-Length: 9",
    b"x-archive-orig-x-archive-orig-transfer-encoding : chunked", b"X-Archive-Orig-Date: now", b" folded", b"", b"\r",
])  # fmt: skip


@given(st.lists(LINES).map(b"\r\n".join) | st.lists(LINES).map(b"\n".join) | st.binary())
def test_head_comes_back_as_it_was_sent(sent):
    assert sent_head(kept_head(sent)) == sent


def test_what_tells_of_the_sent_body_steps_back():
    sent = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nX-Content-Length: 3\r\ncontent-length: 9\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert kept_head(sent) == (
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Content-Encoding: br\r\nX-Content-Length: 3\r\n"
        b"X-Archive-Orig-content-length: 9\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n"
    )
