"""Bytes to characters: marks, declarations and, where both fail, a guess; what is no text is told as such.

Of declarations the server's outranks the page's (WHATWG HTML, "encoding sniffing algorithm"). Both are outranked by
bytes that are UTF-8 all through: no other encoding gives such bytes by chance, and servers that name one charset for
all their pages are many.
"""

from __future__ import annotations

import codecs
import re
import zlib
from typing import NamedTuple

from charset_normalizer import from_bytes

MOST_BYTES = 128_000_000  #: unpacked; beyond it a page is refused (a zip bomb, or no page)
_SAMPLE = 65_536  #: bytes that the guess looks at
_DECLARED_WITHIN = 4_096  #: a declaration further down is no declaration (HTML asks for the first 1,024)
_NULLS = 0.2  #: share of zero bytes in every second place from which on bytes are taken for UTF-16
_BAD = 0.02  #: share of unreadable characters that is still put up with
_CONTROLS = 0.02  #: share of control characters from which on a page is no text; prose has none

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
#: First bytes of formats that are often saved under the wrong name (the registry of the Unix ``file`` command).
_FORMATS = (
    (b"%PDF-", "a PDF file"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"), (b"OggS", "sound or film"), (b"ID3", "sound"), (b"RIFF", "sound, film or image"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "a database"), (b"\x28\xb5\x2f\xfd", "a zstd archive"), (b"wOF", "a font"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:\-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:\-]+)""",
    re.IGNORECASE,
)
#: What browsers take a declared name for (WHATWG Encoding Standard, 2024): the wider relative of each.
_WIDER = {
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949", "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "iso8859-9": "cp1254", "tis-620": "cp874",
    "big5": "big5hkscs", "iso8859-11": "cp874",
}  # fmt: skip
#: Names of the Encoding Standard that Python does not know.
_LABELS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "windows-949": "cp949", "ks_c_5601-1989": "cp949", "ksc_5601": "cp949",
    "csksc56011987": "cp949", "cseuckr": "cp949", "x-gbk": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030",
    "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "x-euc-jp": "euc_jp", "dos-874": "cp874", "windows-874": "cp874",
    "koi8-ru": "koi8-u", "koi8": "koi8-r", "koi": "koi8-r", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "x-cp1253": "cp1253", "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "iso-8859-8-i": "iso8859-8", "logical": "iso8859-8",
    "visual": "iso8859-8", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip
#: Encodings of pages. Python knows more that a page could name: escapes, "punycode" (quadratic), "rot13".
_OF_PAGES = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|cp(?:125\d|1125|866|874|932|949|950)|iso8859-\d+|koi8-[rtu]|euc_(?:jp|kr|jis)\w*"
    r"|gb(?:18030|k|2312)|big5(?:hkscs)?|shift_jis\w*|iso2022_\w+|hz|ptcp154|kz1048|mac-(?:roman|cyrillic|latin2|greek)"
    r"|johab|tis-620|ascii"
)
#: Asked for first: what pages of the last thirty years were written in.
_LIKELY = (
    "cp1251", "koi8_r", "cp949", "gb18030", "cp932", "euc_jp", "big5", "cp1256", "cp1252", "cp1250", "cp1253", "cp1254",
    "cp1255", "cp1258", "cp874", "iso8859_2", "iso8859_5", "mac_roman",
)  # fmt: skip
_SEVEN_BIT = ("iso2022", "hz")
_MARKUP = re.compile(rb"<(?:script|style)\b.*?(?:</(?:script|style)>|\Z)|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL)
#: The others and U+FFFD in UTF-8; apart, for a pattern that begins with one certain byte is found ten times as fast.
_OTHER_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"\xef\xbf[\xbd-\xbf]")
_PLAIN_CONTROLS = bytes((*range(9), *range(14, 27), 28, 29, 30, 31, 127))  #: the same among the first 128
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Unreadable(Exception):
    """Bytes that hold no text; the message says why and what to do. It never leaves the room: ``read`` tells it."""


class Decoded(NamedTuple):
    """Characters, the encoding they were read with, and how it was found."""

    text: str
    encoding: str
    basis: str  #: mark | utf-8 | header | declared | null bytes | guess


def decode(payload: bytes, told: str = "") -> Decoded:
    """The characters of a page, unpacked first where they came gzipped. Raises ``Unreadable``.

    ``told`` is the charset that the server named; empty: it named none, or no server was asked.
    """
    raw = unpack(payload) if payload.startswith(b"\x1f\x8b") else payload
    if not raw.strip(b" \t\r\n\x00"):
        raise Unreadable("the file is empty, so there is nothing to read; fetch or save the page again")
    if len(raw) > MOST_BYTES:
        raise Unreadable(
            f"{len(raw):,} bytes are more than a page has (at most {MOST_BYTES:,} are read);"
            " split it into its pages and add those"
        )
    for start, kind in _FORMATS:
        if raw.startswith(start):
            raise Unreadable(f"this is {kind}, not a page of text; save the page as HTML or plain text and add that")
    found = _decode(raw, told)
    _refuse_noise(found.text)
    return found


def unpack(payload: bytes) -> bytes:
    """Gzipped bytes unpacked. Raises ``Unreadable`` where they are cut short, broken or a bomb."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        raw = unpacker.decompress(payload, MOST_BYTES + 1)
    except zlib.error as error:
        raise Unreadable(f"the gzip data is broken ({error}); fetch or copy the page again") from error
    if len(raw) > MOST_BYTES:
        raise Unreadable(
            f"the gzip data unpacks to more than {MOST_BYTES:,} bytes, which no page has; check where it came from"
        )
    if not unpacker.eof:
        raise Unreadable(
            "the gzip data is cut short: the download or copy stopped too early; fetch or copy the page again"
        )
    return raw


def _decode(raw: bytes, told: str) -> Decoded:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(raw[len(mark) :].decode(encoding, "replace"), encoding, "mark")
    if wide := _wide(raw):
        return Decoded(raw.decode(wide, "replace"), wide, "null bytes")
    stated = [(name, basis) for name, basis in ((_codec(told), "header"), (_declared(raw), "declared")) if name]
    for name, basis in stated:
        if name.startswith(_SEVEN_BIT) and (text := _try(raw, name)) is not None:
            return Decoded(text, name, basis)
    if (text := _try(raw, "utf-8")) is not None:
        return Decoded(text, "utf-8", "utf-8")
    text = raw.decode("utf-8", "replace")
    if text.count("\ufffd") <= _BAD * sum(map(len, re.findall(r"[^\x00-\x7f]+", text))):
        return Decoded(text, "utf-8", "utf-8")
    for name, basis in stated:
        if name != "utf-8" and (text := _nearly(raw, name)) is not None:
            return Decoded(text, name, basis)
    return _guess(raw)


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark shows in zero bytes that stand in every second place only."""
    sample = raw[: _SAMPLE // 4]
    if 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = _NULLS * len(sample) / 2
    if odd > enough and even * 10 < odd:
        return "utf-16-le"
    if even > enough and odd * 10 < even:
        return "utf-16-be"
    return None


def _declared(raw: bytes) -> str:
    """The charset that the page names, as Python calls it; empty where it names none that is known."""
    start = raw[:_DECLARED_WITHIN]
    match = _DECLARED.search(start) if b"<" in start else None
    return _codec((match[1] or match[2]).decode("ascii", "replace")) if match else ""


def _codec(charset: str) -> str:
    """What Python calls a charset, or the wider relative that browsers take it for; empty where no page has it."""
    if not charset:
        return ""
    try:
        name = codecs.lookup(_LABELS.get(charset.lower(), charset)).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return ""
    return _WIDER.get(name, name) if _OF_PAGES.fullmatch(name) else ""


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _nearly(raw: bytes, encoding: str) -> str | None:
    """Decoded as declared, with a few unreadable characters put up with."""
    try:
        text = raw.decode(encoding, "replace")
    except (UnicodeError, LookupError):
        return None
    return text if text.count("\ufffd") <= _BAD * len(text) else None


def _guess(raw: bytes) -> Decoded:
    """The encoding that charset-normalizer finds most plausible for the words outside the markup."""
    words = _MARKUP.sub(b" ", raw[: 4 * _SAMPLE])[:_SAMPLE]
    best = from_bytes(words, cp_isolation=list(_LIKELY), enable_fallback=False).best()
    if best is None:
        raise Unreadable(
            "no known character encoding fits these bytes, so they are not text or are damaged; fetch the page again"
        )
    encoding = _WIDER.get(codecs.lookup(best.encoding).name, best.encoding)
    return Decoded(raw.decode(encoding, "replace"), encoding, "guess")


def _refuse_noise(text: str) -> None:
    sample = text[:_SAMPLE]
    plain = sample.encode("utf-8", "replace")
    none_plain = len(plain) == len(plain.translate(None, _PLAIN_CONTROLS))
    if none_plain and not any(control.search(plain) for control in _OTHER_CONTROLS):
        return
    odd = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if odd > _CONTROLS * len(sample) + 8:
        raise Unreadable(
            "these bytes are not text (an image, a program or a damaged file?); save the page as HTML or plain text"
        )
