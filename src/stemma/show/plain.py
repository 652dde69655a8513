"""Characters of a page that must not act on the reader's screen, made visible or harmless.

A page may hold terminal escapes, C1 controls and bidirectional overrides ("Trojan Source", CVE-2021-42574).
The records keep them, since evidence is verbatim; what is drawn goes through here.
"""

from __future__ import annotations

import re

_CONTROL_PICTURES = 0x2400  #: U+2400.. pictures of U+0000..U+001F, Unicode block "Control Pictures"
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"
#: Marks without width that only steer layout or hide between letters; joiners stay, Persian and emoji need them.
_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
#: Embeddings, overrides and isolates (UAX 9), line and paragraph separators, C1 controls, lone surrogates, tags.
_FOREIGN = "\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f\ufff9-\ufffb"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f{_UNSEEN}{_FOREIGN}]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f{_UNSEEN}{_FOREIGN}]")
_LONE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text with nothing in it that steers a screen; tabs and line feeds are kept."""
    return _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    if character in _UNSEEN or character == "\r":
        return ""
    if character < " ":
        return chr(_CONTROL_PICTURES + ord(character))
    return _DELETE_PICTURE if character == "\x7f" else _REPLACEMENT


def one_line(text: str) -> str:
    """The text on one line: every run of blanks and line ends is one blank, nothing steers the screen."""
    if text.isprintable() and "  " not in text:  # most texts: all that steers or breaks a line is not printable
        return text.strip(" ")
    return plain(_BLANKS.sub(" ", text).strip())


def sound(text: str) -> str:
    """The text with a replacement character for each lone surrogate, which UTF-8 cannot write; of the same length."""
    if text.isascii():
        return text
    return _LONE.sub(_REPLACEMENT, text)


#: What a spreadsheet takes for the beginning of a formula, plain or in full width (OWASP, CSV Injection), behind marks
#: of the kind that is put before it.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs: text that would be a formula begins with an apostrophe more.

    None is an empty cell. Taking one off what begins with apostrophes and a formula's sign gives it back.
    """
    if isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    text = "" if value is None else sound(str(value)).replace("\0", "\u2400")
    return f"'{text}" if _FORMULA.match(text) else text


def shortened(text: str, limit: int | None) -> str:
    """The text cut at a blank so that it holds at most ``limit`` characters, " …" included; ``None`` cuts nothing."""
    if limit is None or len(text) <= limit:
        return text
    room = max(limit - 2, 1)
    cut = text[: room + 1].rfind(" ")
    return text[: cut if cut > room // 2 else room].rstrip(" ,;:") + " …"


#: What a screen that knows no typography shows in its place.
_PLAIN_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
    "\u00a0": " ", "✎": "*", "█": "#",
})  # fmt: skip


def approximate(error: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: plain marks for typographic ones, "?" for what the screen cannot show at all."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end].translate(_PLAIN_MARKS)
    return "".join(each if each.isascii() else "?" for each in lost), error.end


def ascii_json(line: str) -> str:
    r"""JSON in which the characters that steer a screen stand as ``\uXXXX``: the same value, safe to print."""
    return _UNSAFE_IN_JSON.sub(_escaped, line)


def _escaped(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
