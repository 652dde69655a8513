"""Documents dressed otherwise: other names, odd or missing marks, datelines, furniture, other paragraphs.

Every change keeps the marked spans on their words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

Span = tuple[int, int]
Edit = tuple[int, int, str]


class Roles(NamedTuple):
    """One attribution as pieces in characters."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]


class Lesson(NamedTuple):
    """A document, the stretches of its prose, and what is said in it."""

    text: str
    stretches: list[Span]
    said: list[Roles]


class Pool(NamedTuple):
    """What disguises are made of."""

    names: Sequence[str]  #: words that are always capitalised
    furniture: Sequence[str]


_MARKS = re.compile('[“”"„«»]')
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_DATELINE = re.compile(r"[A-Z]{3,}|.{0,50}(?:—|--| - |/)")
_QUOTE_STYLES = ('""', "“„", "””", "„“", "«»", "''", "``", "„”", '“"', "‘’")
_CITIES = (
    "LUMEN",
    "KARVIS",
    "SARVA",
    "TELMA",
    "ORESK",
    "VANTA",
    "BRIDGEFORD",
    "MIRSK",
    "HALLEN",
    "KOSTRO",
    "DAROVA",
    "PELLAN",
    "SUNGJIN",
    "ABARA",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_AGENCIES = ("SARVA", "VPA", "KTR", "Nordvest", "PolTA", "AP-Meridian", "TELNA", "Orbis", "KCTV", "Zenit")
_DATELINES = (
    "{c}, {m} {d}. /{a}/. ",
    "{c}, {d} {m} ({a}) — ",
    "{c} ({a}) -- ",
    "{c}, {m} {d} ({a}) - ",
    "{c} - ",
    "({a}) ",
)


def edited(lesson: Lesson, edits: Sequence[Edit]) -> Lesson:
    """The lesson after replacements that do not overlap; spans shrink with what is taken out at their edges."""
    edits = sorted(edits)
    out, at = [], 0
    starts, shifts = [0], [0]
    shift = 0
    for start, end, new in edits:
        out += [lesson.text[at:start], new]
        at = end
        shift += len(new) - (end - start)
        starts.append(end)
        shifts.append(shift)
    text = "".join([*out, lesson.text[at:]])
    begins = [start for start, _, _ in edits]

    def moved(place: int, *, stop: bool) -> int:
        n = bisect_right(starts, place) - 1
        k = bisect_right(begins, place) - 1
        if k >= 0 and edits[k][0] < place < edits[k][1]:
            place, n = edits[k][1], k + 1
        elif stop and n and starts[n] == place and edits[n - 1][0] == edits[n - 1][1] == place:
            n -= 1
        return place + shifts[n]

    def pieces(spans: Sequence[Span]) -> list[Span]:
        made = [(moved(start, stop=False), moved(end, stop=True)) for start, end in spans]
        return [trimmed(text, piece) for piece in made if text[piece[0] : piece[1]].strip()]

    said = [Roles(*(pieces(spans) for spans in roles)) for roles in lesson.said]
    return Lesson(text, pieces(lesson.stretches), [one for one in said if one.content and (one.cue or one.source)])


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks at its edges."""
    words = text[span[0] : span[1]]
    return span[0] + len(words) - len(words.lstrip()), span[1] - len(words) + len(words.rstrip())


def rename(lesson: Lesson, rng: Random, pool: Pool) -> Lesson:
    """Each name becomes another one, the same everywhere in the document."""
    known = set(pool.names)
    found = {match.group() for match in _NAME.finditer(lesson.text)} & known
    new = {name: rng.choice(pool.names) for name in sorted(found) if rng.random() < 0.7}
    places = [match for match in _NAME.finditer(lesson.text) if match.group() in new]
    return edited(lesson, [(match.start(), match.end(), new[match.group()]) for match in places])


def restyle(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """Other quotation marks, in one style or in a mixture."""
    style = rng.choice(_QUOTE_STYLES)
    mixed = rng.random() < 0.15
    edits: list[Edit] = []
    for start, end in lesson.stretches:
        opened = False
        for match in _MARKS.finditer(lesson.text, start, end):
            opened = match.group() in "“„«" or (match.group() == '"' and not opened)
            chosen = rng.choice(_QUOTE_STYLES) if mixed else style
            edits.append((match.start(), match.end(), chosen[0] if opened else chosen[1]))
    return edited(lesson, edits)


def lose_marks(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """No quotation marks at all, or some of them lost."""
    share = rng.choice((1.0, 0.5, 0.15, 0.15))
    places = [match for match in _MARKS.finditer(lesson.text) if rng.random() < share]
    return edited(lesson, [(match.start(), match.end(), "") for match in places])


def dateline(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """A dateline before a paragraph near the beginning."""
    at = lesson.stretches[min(1, len(lesson.stretches) - 1)][0]
    if _DATELINE.match(lesson.text, at, at + 70):
        return lesson
    city, month, agency = rng.choice(_CITIES), rng.choice(_MONTHS), rng.choice(_AGENCIES)
    city = city if rng.random() < 0.6 else city.title()
    line = rng.choice(_DATELINES).format(c=city, m=month, d=rng.randint(1, 31), a=agency)
    made = edited(lesson, [(at, at, line)])
    return made._replace(stretches=[(s - len(line) if s == at + len(line) else s, e) for s, e in made.stretches])


def furnish(lesson: Lesson, rng: Random, pool: Pool) -> Lesson:
    """Lines of page furniture between the paragraphs."""
    said = [piece for roles in lesson.said for piece in roles.content]
    free = [n for n, (at, _) in enumerate(lesson.stretches) if not any(start < at < end for start, end in said)]
    places = sorted(rng.sample(free, min(len(free), rng.randint(1, 5))))
    made = lesson
    for n in reversed(places):
        at = made.stretches[n][0]
        line = rng.choice(pool.furniture)
        after = edited(made, [(at, at, line + "\n\n")])
        made = after._replace(stretches=[*after.stretches[:n], (at, at + len(line)), *after.stretches[n:]])
    return made


def join(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """Some paragraphs run into one."""
    kept: list[Span] = []
    for start, end in lesson.stretches:
        if len(kept) > 1 and rng.random() < 0.4:
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return lesson._replace(stretches=kept)


def split(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """Paragraphs of one sentence, or lines broken at some width."""
    width = rng.choice((0, 0, 72))
    parts: list[Span] = []
    for start, end in lesson.stretches:
        at = start
        if width:
            breaks = [m.start() for m in re.finditer(r" ", lesson.text[start:end])]
            last = 0
            for n, place in enumerate(breaks[:-1]):
                if breaks[n + 1] - last > width:
                    parts.append((at, start + place))
                    at, last = start + place + 1, place
        else:
            for match in re.finditer(r"(?<=[a-z][.!?]) (?=[A-Z])|(?<=[.!?]”) (?=[A-Z])", lesson.text[start:end]):
                if rng.random() < 0.8:
                    parts.append((at, start + match.start()))
                    at = start + match.end()
        parts.append((at, end))
    return lesson._replace(stretches=[part for part in parts if lesson.text[part[0] : part[1]].strip()])


def shout(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """The headline in capitals, or in Title Case."""
    start, end = lesson.stretches[0]
    head = lesson.text[start:end]
    new = head.upper() if rng.random() < 0.5 else re.sub(r"\b[a-z]", lambda m: m.group().upper(), head)
    return lesson._replace(text=lesson.text[:start] + new + lesson.text[end:]) if len(new) == len(head) else lesson


def flatten(lesson: Lesson, rng: Random, _: Pool) -> Lesson:
    """Curly apostrophes become straight, dashes change."""
    dash = rng.choice(("–", "--", " - ", "—"))
    places = [(m.start(), m.end(), "'" if m.group() in "’‘" else dash) for m in re.finditer("[’‘—–]", lesson.text)]
    return edited(lesson, places)


def behead(lesson: Lesson, _: Random, __: Pool) -> Lesson:
    """Without its headline, as some pages come."""
    return lesson._replace(stretches=lesson.stretches[1:] or lesson.stretches)


_DISGUISES: tuple[tuple[float, Callable[[Lesson, Random, Pool], Lesson]], ...] = (
    (0.6, rename), (0.25, flatten), (0.25, restyle), (0.08, lose_marks), (0.2, dateline), (0.15, shout), (0.08, join),
    (0.08, split), (0.15, furnish), (0.3, behead),
)  # fmt: skip


def disguise(lesson: Lesson, rng: Random, pool: Pool) -> Lesson:
    """The lesson under some of the changes."""
    for share, change in _DISGUISES:
        if rng.random() < share:
            lesson = change(lesson, rng, pool)
    return lesson


def pool_of(lessons: Sequence[Lesson], furniture: Sequence[str]) -> Pool:
    """Names are words that the lessons always write with a capital, also within sentences."""
    small = {word for lesson in lessons for word in re.findall(r"\b[a-z]{3,}\b", lesson.text)}
    inner = {word for lesson in lessons for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", lesson.text)}
    months = {*_MONTHS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
    return Pool(sorted(word for word in inner if word.lower() not in small and word not in months), furniture)
