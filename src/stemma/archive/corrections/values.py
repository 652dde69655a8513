"""The forms in which people state values, and their meaning; docs/corrections.md tells them with examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple, get_args

from stemma.archive.corrections.standing import moment_of
from stemma.errors import BadValue
from stemma.records import Correction, MentionKind, Role, StatementKind

ROLES: tuple[Role, ...] = get_args(Role)
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)
STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
WITHDRAWN, UNDONE, COVERED = "withdrawn", "true", "covered"
#: What can be said about which kind of record, by the letter of its id.
FIELDS: dict[str, tuple[str, ...]] = {
    "s": ("speaker", "kind", "said", "content", "access"),
    "d": ("outlet", "published", "modified", "language", "title", "label", "redaction", "address", "access"),
    "l": ("role",),
    "m": ("means",),
    "c": ("access",),
    "e": ("access",),
    "k": ("undone",),
    "j": ("undone",),
}
_KINDS = {
    "s": "a statement", "d": "a page", "l": "a label", "m": "a mention", "c": "a capture", "e": "a person",
    "k": "a correction", "j": "a judgement",
}  # fmt: skip
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_STRETCH = re.compile(rf"(\d{{1,9}})-(\d{{1,9}}) ({'|'.join(ROLES)})")
_NAMED = re.compile(rf"(.+?) \(({'|'.join(MENTION_KINDS)})\)")
_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  #: BCP 47, without grandfathered tags
_LONGEST = 1_000  #: characters of a name or title; longer ones are pasted by mistake


class Stretch(NamedTuple):
    """A stretch of a page and the role that it has."""

    start: int
    end: int
    role: Role


class Named(NamedTuple):
    """Whom a value names; kind None: as the page has it, else a person."""

    name: str
    kind: MentionKind | None


def span_of(value: str) -> tuple[int, int]:
    """First character and end of "10-20". Raises ``BadValue``."""
    match = _SPAN.fullmatch(value)
    if not match or int(match[1]) >= int(match[2]):
        raise BadValue("redaction", value, "two offsets into the page's text like 120-135, end exclusive")
    return int(match[1]), int(match[2])


def spans_of(value: str) -> list[tuple[int, int]]:
    """The spans of "10-20 30-40", in order; none for "": nothing is said there. Raises ``BadValue``."""
    found = sorted(_bounds(part, value) for part in re.split(r"[;,\s]+", value.strip()) if part)
    if any(left[1] > right[0] for left, right in pairwise(found)):
        raise BadValue("content", value, 'spans that do not overlap, like "120-180 200-240"')
    return found


def _bounds(part: str, value: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(part)
    if not match or int(match[1]) >= int(match[2]):
        raise BadValue("content", value, 'one or more spans of the page\'s text like "120-180 200-240", or ""')
    return int(match[1]), int(match[2])


def stretch_of(value: str) -> Stretch:
    """The meaning of "120-300 furniture". Raises ``BadValue``."""
    match = _STRETCH.fullmatch(value)
    if not match or int(match[1]) >= int(match[2]):
        raise BadValue("label", value, f'a stretch and its role like "120-300 furniture"; roles: {", ".join(ROLES)}')
    role = next(each for each in ROLES if each == match[3])
    return Stretch(int(match[1]), int(match[2]), role)


def names_of(value: str) -> list[Named]:
    """Whom "Kim Vael; SARVA (outlet)" names; nobody for ""."""
    return [_named(part) for each in value.split(";") if (part := " ".join(each.split()))]


def _named(part: str) -> Named:
    match = _NAMED.fullmatch(part)
    kind = next((each for each in MENTION_KINDS if match and each == match[2]), None)
    return Named(match[1] if match else part, kind)


def check_word(correction: Correction) -> None:
    """Whether it says who speaks, when and why. Raises ``BadValue``."""
    if not moment_of(correction.at):
        raise BadValue("at", correction.at, "an instant like 2025-10-24T09:14:00Z")
    if not correction.by.strip():
        raise BadValue("by", correction.by, "the name of who says so")
    if not correction.reason.strip():
        raise BadValue("why", correction.reason, "the reason, in a few words")


def check_value(correction: Correction, length: int) -> None:
    """Whether the value has the form of its field; ``length``: of the page's text. Raises ``BadValue``."""
    allowed = FIELDS.get(correction.about[:1], ())
    if correction.field not in allowed:
        kind = _KINDS.get(correction.about[:1], "such a record")
        raise BadValue("field", correction.field, f"of {kind} one of: {', '.join(allowed) or 'none'}")
    _CHECKS[correction.field](correction.value)
    if any(end > length for _, end in places_in(correction)):
        raise BadValue(correction.field, correction.value, f"offsets within the {length} characters of the page")


def places_in(correction: Correction) -> list[tuple[int, int]]:
    """The spans that a value names. Raises ``BadValue``."""
    match correction.field:
        case "redaction":
            return [span_of(correction.value)]
        case "content":
            return spans_of(correction.value)
        case "label":
            return [stretch_of(correction.value)[:2]]
        case _:
            return []


def _one_of(name: str, allowed: tuple[str, ...]) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in allowed:
            raise BadValue(name, value, f"one of: {', '.join(allowed)}" if len(allowed) > 1 else repr(allowed[0]))

    return check


def _check_said(value: str) -> None:
    try:
        if value and date.fromisoformat(value).isoformat() == value:
            return
    except ValueError:
        pass
    if value:
        raise BadValue("said", value, 'a day like 2025-10-24, or "" for unknown')


def _check_instant(name: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        try:
            if not value or _MONTH.fullmatch(value) or (value[4:5] == "-" and datetime.fromisoformat(value)):
                return
        except ValueError:
            pass
        raise BadValue(name, value, 'a day or instant like 2025-10-24 or 2025-10-24T09:14:00Z, or "" for unknown')

    return check


def _check_language(value: str) -> None:
    if value and not _LANGUAGE.fullmatch(value):
        raise BadValue("language", value, 'a language tag like en or zh-Hant, or "" for unknown')


def _check_words(name: str) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value != " ".join(value.split()) or not value.isprintable() or len(value) > _LONGEST:
            raise BadValue(name, value, f'words on one line, at most {_LONGEST} characters, or "" for unknown')

    return check


def _check_means(value: str) -> None:
    _check_words("means")(value)
    if not value or ";" in value:
        raise BadValue("means", value, 'one name of your own that nobody else has, like "Kim Vael (farmer)"')


_CHECKS: dict[str, Callable[[str], object]] = {
    "speaker": _check_words("speaker"),
    "kind": _one_of("kind", STATEMENT_KINDS),
    "said": _check_said,
    "content": spans_of,
    "outlet": _check_words("outlet"),
    "published": _check_instant("published"),
    "modified": _check_instant("modified"),
    "language": _check_language,
    "title": _check_words("title"),
    "label": stretch_of,
    "redaction": span_of,
    "address": _one_of("address", (COVERED,)),
    "role": _one_of("role", ROLES),
    "access": _one_of("access", (WITHDRAWN,)),
    "undone": _one_of("undone", (UNDONE,)),
    "means": _check_means,
}
