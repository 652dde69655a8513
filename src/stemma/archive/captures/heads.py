"""Heads of HTTP messages as they are kept: body and head must agree, and the head must come back as it was sent.

A body is kept with its content encoding undone, so the fields that told of the sent body step back behind a prefix,
as other web archives do it (pywb, Browsertrix).
"""

from __future__ import annotations

import re

_PREFIX = b"X-Archive-Orig-"
_OF_THE_SENT_BODY = rb"(?:X-Archive-Orig-)*(?:Content-Encoding|Transfer-Encoding|Content-Length)[ \t]*:"
_SENT = re.compile(rb"^(?=" + _OF_THE_SENT_BODY + rb")", re.IGNORECASE | re.MULTILINE)
_KEPT = re.compile(rb"^" + _PREFIX + rb"(?=" + _OF_THE_SENT_BODY + rb")", re.MULTILINE | re.IGNORECASE)


def kept_head(sent: bytes) -> bytes:
    """The head of a response as it stands before a body without its encoding."""
    return _SENT.sub(_PREFIX, sent)


def sent_head(kept: bytes) -> bytes:
    """The head as it was sent: what ``kept_head`` made of it, undone."""
    return _KEPT.sub(b"", kept)
