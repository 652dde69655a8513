"""The second layer of the attribution corpus: who speaks, through whom, to whom, on which day, with what polarity.

python tools/people.py check FOLDER    what breaks the format; exit status 1 where anything does
python tools/people.py count FOLDER    documents, words and attributions by speaker, polarity and length of the chain

The layer of ``d/07.txt`` stands beside it in ``d/07.people.toml``. docs/attribution-guidelines.md, "Second layer".
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus_brackets import Attribution, Broken, Page, parse

POLARITIES = ("affirmed", "negated", "denied", "hypothetical", "future", "question", "request")
MEANS = ("name", "pronoun", "description", "none", "joint", "first person", "anonymous")
_SUFFIX = ".people.toml"
_LISTS, _FLAGS = ("speaker", "chain", "rivals"), ("named", "carried")
_NEEDED = ("speaker", "named", "chain", "carried", "addressee", "said", "polarity", "speaker_by")
_ARTICLES = ("the ", "a ", "an ")
_LEAP_YEAR = "2000-"
"""A year in which every day without a year exists."""


class Entry(NamedTuple):
    """What the layer says of one attribution; :data:`POLARITIES` and :data:`MEANS` list the closed values."""

    speaker: tuple[str, ...]
    named: bool
    chain: tuple[str, ...]
    carried: bool
    addressee: str
    said: str
    polarity: str
    speaker_by: str
    rivals: tuple[str, ...] = ()


class People(NamedTuple):
    """The second layer of one document: its outlet ("" where the page does not say) and an entry for each number."""

    outlet: str
    entries: dict[int, Entry]


def layers(folder: Path) -> Iterator[tuple[str, Page, People]]:
    """Id, page and second layer of every document that has one; Broken, with its id, where one cannot be read."""
    for path in sorted(folder.rglob(f"*{_SUFFIX}")):
        try:
            yield name_of(path), parse(text_of(path)), read(path.read_text(encoding="utf-8"))
        except Broken as error:
            raise Broken(f"{name_of(path)}: {error}") from error


def name_of(path: Path) -> str:
    """``d/07`` of ``corpus/d/07.people.toml``."""
    return f"{path.parent.name}/{path.name.removesuffix(_SUFFIX)}"


def text_of(path: Path) -> str:
    """The bracketed text beside a layer; Broken where there is none."""
    beside = path.with_name(path.name.removesuffix(_SUFFIX) + ".txt")
    if not beside.exists():
        raise Broken("no text beside it")
    return beside.read_bytes().decode("utf-8")


def read(raw: str) -> People:
    """A layer from its TOML; Broken tells what is wrong and where."""
    try:
        table = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        raise Broken(f"no TOML: {error}") from error
    outlet = table.pop("outlet", None)
    if not isinstance(outlet, str):
        raise Broken("outlet: no text")
    return People(outlet, {numbered(key): entry(key, value) for key, value in table.items()})


def numbered(key: str) -> int:
    """The number of a table; Broken where it is none."""
    if not re.fullmatch(r"[1-9]\d*", key):
        raise Broken(f"{key}: neither a number nor the outlet")
    return int(key)


def entry(key: str, table: object) -> Entry:
    """One entry from its table; Broken where a key is missing, unknown or of the wrong type."""
    if not isinstance(table, dict):
        raise Broken(f"{key}: no table")
    missing = [need for need in _NEEDED if need not in table]
    unknown = [other for other in table if other not in Entry._fields]
    wrong = [field for field, value in table.items() if field not in unknown and not fits(field, value)]
    for what, which in (("missing", missing), ("unknown", unknown), ("of the wrong type", wrong)):
        if which:
            raise Broken(f"{key}: {what}: {', '.join(which)}")
    fields: dict[str, Any] = {field: tuple(value) if field in _LISTS else value for field, value in table.items()}
    return Entry(**fields)


def fits(field: str, value: object) -> bool:
    """Whether a value has the type of its field."""
    if field in _LISTS:
        return isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    return isinstance(value, bool if field in _FLAGS else str)


def complaints(page: Page, people: People) -> Iterator[str]:
    """Everything that is wrong with one layer, a line each."""
    if people.outlet and not occurs(people.outlet, page.text):
        yield f"outlet: {people.outlet!r} does not occur"
    there = {one.number: one for one in page.attributions}
    yield from (f"{number}: no entry" for number in sorted(there.keys() - people.entries.keys()))
    yield from (f"{number}: no such attribution" for number in sorted(people.entries.keys() - there.keys()))
    for number in sorted(there.keys() & people.entries.keys()):
        one = people.entries[number]
        found = [*values(one), *words(one, page.text), *speakers(one, there[number]), *hops(one, people.outlet)]
        yield from (f"{number}: {line}" for line in found)


def values(one: Entry) -> Iterator[str]:
    """Values outside the closed sets."""
    if one.polarity not in POLARITIES:
        yield f"polarity {one.polarity!r}"
    if one.speaker_by not in MEANS:
        yield f"speaker_by {one.speaker_by!r}"
    if one.said and not day(one.said):
        yield f"said {one.said!r} is no day"


def day(said: str) -> bool:
    """Whether this is ``2031-05-02``, or ``--05-02`` where the year is not known."""
    if not re.fullmatch(r"(?:\d{4}|-)-\d\d-\d\d", said):
        return False
    try:
        date.fromisoformat(re.sub("^--", _LEAP_YEAR, said))
    except ValueError:
        return False
    return True


def words(one: Entry, text: str) -> Iterator[str]:
    """Names, carriers and addressees that do not stand in the document, and names that keep an article."""
    for role in ("speaker", "chain", "rivals"):
        yield from (f"{role}: {each!r} does not occur" for each in getattr(one, role) if not occurs(each, text))
    if one.addressee and not occurs(one.addressee, text):
        yield f"addressee: {one.addressee!r} does not occur"
    if one.named:
        yield from (f"speaker: {each!r} begins with an article" for each in one.speaker if each.startswith(_ARTICLES))


def occurs(words_: str, text: str) -> bool:
    """Whether these words stand in a text, whole, whatever the case of their letters."""
    return re.search(rf"(?<!\w){re.escape(words_)}(?!\w)", text, re.IGNORECASE) is not None


def speakers(one: Entry, attribution: Attribution) -> Iterator[str]:
    """What does not hold together about the speaker."""
    if (one.speaker_by == "none") == bool(attribution.source):
        yield "speaker_by is none where, and only where, no source is marked"
    if len(one.speaker) > 1 and one.speaker_by not in ("joint", "none"):
        yield "several speakers are joint"
    if len(one.speaker) == 1 and one.speaker_by == "joint":
        yield "joint, but one speaker"
    if one.named and not one.speaker:
        yield "named, but no speaker"
    if one.rivals and (one.speaker or len(one.rivals) == 1):
        yield "rivals are two or more, and then nobody is the speaker"


def hops(one: Entry, outlet: str) -> Iterator[str]:
    """What does not hold together about the chain."""
    if outlet and one.chain[:1] != (outlet,) and one.speaker != (outlet,):
        yield "the chain does not begin with the outlet"
    if any(left == right for left, right in zip(one.chain, one.chain[1:], strict=False)):
        yield "the same carrier twice running"
    if one.chain and one.chain[-1] in one.speaker:
        yield "the last carrier is the speaker"
    if one.carried and not one.chain:
        yield "carried, but no chain"


def check(folder: Path) -> int:
    """Print the complaints about all layers; 1 where there are any."""
    found = [f"{name_of(path)}: {line}" for path in sorted(folder.rglob(f"*{_SUFFIX}")) for line in faults(path)]
    print("\n".join(found or ["no complaints"]))
    return bool(found)


def faults(path: Path) -> list[str]:
    """The complaints about one file, unreadable ones too."""
    try:
        return list(complaints(parse(text_of(path)), read(path.read_text(encoding="utf-8"))))
    except Broken as error:
        return [str(error)]


def figures(found: list[tuple[Page, People]]) -> dict[str, Counter[str]]:
    """What ``count`` tells, by heading."""
    every = [one for _, people in found for one in people.entries.values()]
    size = {
        "documents": len(found),
        "words": sum(len(page.text.split()) for page, _ in found),
        "attributions": len(every),
    }
    return {
        "size": Counter(size),
        "speaker_by": Counter(one.speaker_by for one in every),
        "speaker": Counter(known(one) for one in every),
        "polarity": Counter(one.polarity for one in every),
        "chain": Counter(str(len(one.chain)) for one in every),
        "told": Counter(told for one in every for told in ("carried", "addressee", "said") if getattr(one, told)),
    }


def known(one: Entry) -> str:
    """How much the layer knows of a speaker."""
    return "named" if one.named else "unnamed" if one.speaker else "rivals" if one.rivals else "unknown"


def count(folder: Path) -> int:
    """Print the figures of all layers and of each folder."""
    by_folder: dict[str, list[tuple[Page, People]]] = {"all": []}
    for name, page, people in layers(folder):
        for label in ("all", name.split("/")[0]):
            by_folder.setdefault(label, []).append((page, people))
    for label, found in by_folder.items():
        print(label)
        for heading, counts in figures(found).items():
            print(f"  {heading:12}", ", ".join(f"{key} {value:,}" for key, value in counts.most_common()))
    return 0


VERBS: dict[str, Callable[[Path], int]] = {"check": check, "count": count}


def main(arguments: list[str]) -> int:
    """Run one verb on one folder; 2 where it is unknown."""
    match arguments:
        case [verb, folder] if verb in VERBS:
            return VERBS[verb](Path(folder))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
