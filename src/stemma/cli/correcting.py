"""Verbs by which people set right, judge and withdraw, and ask what is held on somebody."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, get_args

import click

from stemma.archive import Archive, Place
from stemma.archive.views import Person, Stone
from stemma.cli.flags import Verb, archive_option, json_option, tell, wants_json, write_lines
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Correction, CorrectionField, Document, Judgement, Snapshot, Statement, Verdict
from stemma.show import is_id
from stemma.show.jsonform import json_line
from stemma.show.plain import one_line
from stemma.show.terminal import held, open_pair, screen

_FIELDS: tuple[CorrectionField, ...] = get_args(CorrectionField)
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_BY = "STEMMA_BY"
_PAIRS = 25  #: pairs of one review, unless more are asked for
_KEYS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}


def saying_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the flags of a person's word: why, and by whom."""
    why = click.option("--why", metavar="TEXT", help="The reason; it is kept and shown with the word. Needed.")
    by = click.option("--by", metavar="NAME", help=f"Who says so; ${_BY} where it is set. Needed.")
    return why(by(archive_option(json_option(command))))


def _word(why: str | None, by: str | None) -> Correction:
    """A word of which only who, when and why are said yet. Raises ``BadValue`` where one of them is not."""
    from stemma.collect.clock import moment  # noqa: PLC0415 - the other verbs start without the room

    name = by or os.environ.get(_BY, "")
    if not name.strip():
        raise BadValue("by", name, f"your name: people's words are signed; give --by NAME or set ${_BY}")
    if not (why or "").strip():
        raise BadValue("why", why or "", "a reason, which is kept and shown: --why TEXT")
    reason = " ".join((why or "").split())
    return Correction(about="", field="undone", value="", by=" ".join(name.split()), at=moment(), reason=reason)


def _about(word: Correction, about: str, field: CorrectionField, value: str) -> Correction:
    return Correction(about=about, field=field, value=value, by=word.by, at=word.at, reason=word.reason)


@click.command(
    cls=Verb,
    short_help="Set right what was derived; nothing is overwritten.",
    epilog="""stemma correct s4kq2d7 speaker "Kim Vael" --why "he is named in line 3" --by "Dana Wirt"
    stemma correct s4kq2d7 speaker "" --why "the page does not say"
    stemma correct d7fm2xa published 2025-10-24 --why "dateline"
    stemma correct d7fm2xa label "120-300 furniture" --why "links to other news"
    stemma correct m6qa3tc means "Kim Vael (farmer)" --why "a namesake"
    stemma correct --undo k5rt2aa --why "I misread it\"""",
)
@click.argument("what", nargs=-1, required=True, metavar="ID FIELD VALUE")
@click.option("--undo", is_flag=True, help="Take back the corrections with these IDs (or bring back an undone one).")
@saying_options
def correct(what: tuple[str, ...], undo: bool, path: Place, as_json: bool | None, **signed: str | None) -> None:
    """Set right a field of a statement, page or label: your word is laid over what was found, and kept beside it.

    Of a statement: speaker (a name or an ID; several joined by ";"; "" for unknown), kind, said (a day), content
    (offsets like "10-20 30-40"; "" where nothing is said). Of a page: outlet, published, modified, language, title,
    label ("START-END ROLE"), redaction ("START-END"), address ("covered"). Of a label: role. Of a mention: means (a
    name of your own for somebody who is spelled like another: all mentions of that spelling on the page mean this one).
    """
    word = _word(**signed)
    with Archive.open(path) as archive:
        _say(archive, _undoings(word, what, "k") if undo else [_one(word, what)], as_json)


def _one(word: Correction, what: Sequence[str]) -> Correction:
    if len(what) != 3:
        raise BadValue("correct", " ".join(what), 'three words, ID FIELD VALUE; quote a value of several: "Kim Vael"')
    field = next((each for each in _FIELDS if each == what[1]), None)
    if field is None:
        raise BadValue("field", what[1], f"one of: {', '.join(_FIELDS)}")
    return _about(word, what[0], field, what[2])


def _undoings(word: Correction, ids: Sequence[str], letter: str) -> list[Correction]:
    for each in ids:
        if not each.startswith(letter):
            raise BadValue("undo", each, f"the ID of a word, which begins with {letter}; see: stemma show corrections")
    return [_about(word, each, "undone", "true") for each in ids]


def _say(archive: Archive, words: Sequence[Correction], as_json: bool | None) -> None:
    """Keep the words, bring up to date what rests on them, and tell how to take them back."""
    from stemma import flow  # noqa: PLC0415 - loads every room; the verbs that only ask start without them

    ready = [archive.worded(each) for each in words]
    flow.correct(archive, ready)
    for each in ready:
        tell(one_line(f"{each.id} says: {_sentence(each)}. Undo it with: stemma correct --undo {each.id} --why WHY"))
    if wants_json(as_json):
        write_lines(map(json_line, ready))


def _sentence(word: Correction) -> str:
    match word.field:
        case "undone":
            return f"{word.about} is undone"
        case "access":
            return f"{word.about} is withdrawn"
        case "redaction":
            return f"characters {word.value} of {word.about} are covered"
        case "address":
            return f"the path in the address of {word.about} is covered"
        case _:
            return (
                f"{word.field} of {word.about} is {word.value!r}"
                if word.value
                else f"{word.field} of {word.about} is unknown"
            )


@click.command(
    cls=Verb,
    short_help="Say whether two names mean the same one.",
    epilog="""stemma judge "Kim Vael" "Vael Kim" same --why "one minister, two romanisations" --by "Dana Wirt"
    stemma judge e4kq2d7 e7fm2xa different --why "father and son"
    stemma judge --undo j5rt2aa --why "it was the uncle"
    stemma judge --review --by "Dana Wirt\"""",
)
@click.argument("what", nargs=-1, metavar="[A B same|different|unsure]")
@click.option("--undo", is_flag=True, help="Take back the judgements with these IDs.")
@click.option("--review", is_flag=True, help="Step through pairs that the comparer left open, one key each.")
@click.option("--limit", type=click.IntRange(1), help="With --review: pairs at most.  [default: 25]")
@saying_options
def judge(what: tuple[str, ...], path: Place, as_json: bool | None, **asked: Any) -> None:  # noqa: ANN401 - click's options by name
    """Say whether two mentions, persons or names mean the same one; your newest word outranks every comparer.

    A and B are IDs or names as they are written; a name that several people have is refused: give the ID then.

    With --review each pair is shown with its reasons; answer with a key and Enter: s same, d different, u unsure,
    k skip, b take the last answer back, q quit. Words after the key are the reason that is kept. Answers may
    come from a pipe.
    """
    undo, review, limit = (asked.pop(name) for name in ("undo", "review", "limit"))
    if limit and not review:
        raise BadValue("limit", limit, "--review beside it")
    if review and (undo or what):
        raise BadValue("review", " ".join(what) or "--undo", "nothing beside it: it shows the pairs itself")
    if review:
        _review(path, as_json, limit or _PAIRS, asked)
        return
    if not what:
        raise BadValue("judge", "", "three words, A B VERDICT, or --review")
    word = _word(**asked)
    with Archive.open(path) as archive:
        if undo:
            _say(archive, _undoings(word, what, Judgement.letter), as_json)
        else:
            _judge(archive, word, what, as_json)


def _judge(archive: Archive, word: Correction, what: Sequence[str], as_json: bool | None) -> None:
    verdict = next((each for each in _VERDICTS if what[2:] == (each,)), None)
    if verdict is None:
        raise BadValue("judge", " ".join(what), f"three words, A B VERDICT; verdicts: {', '.join(_VERDICTS)}")
    _keep(archive, archive.judgement(what[0], what[1], verdict, word), (what[0], what[1]), as_json)


def _keep(archive: Archive, judgement: Judgement, sides: tuple[str, str], as_json: bool | None) -> None:
    """Keep a judgement, bring up to date who is who, and tell how to take it back."""
    from stemma.desk import keep_judgements  # noqa: PLC0415 - loads every room; the verbs that only ask start without

    keep_judgements(archive, [judgement])
    tell(one_line(
        f"{judgement.id} says: {sides[0]} and {sides[1]}: {judgement.verdict}. "
        f"Undo it with: stemma judge --undo {judgement.id} --why WHY"
    ))  # fmt: skip
    if wants_json(as_json):
        write_lines([json_line(judgement)])


class _Desk(NamedTuple):
    """What a review works with: the archive, how people sign, and the form of what is kept."""

    archive: Archive
    why: str | None
    by: str | None
    as_json: bool | None
    kept: list[Judgement]


def _review(path: Place, as_json: bool | None, limit: int, signed: dict[str, str | None]) -> None:
    """Show open pairs one by one and keep what is answered; the end of the input ends it."""
    _word(signed["why"] or "-", signed["by"])  # nobody steps through names to be told at the end that they must sign
    with Archive.open(path) as archive:
        desk = _Desk(archive, signed["why"], signed["by"], as_json, [])
        pairs = archive.unresolved(limit).unsure
        for number, (found, *sides) in enumerate(pairs, 1):
            views = [archive.persons(side, 0) for side in sides]
            screen(sys.stderr).print(open_pair(found, views[0], views[1], (number, len(pairs))))
            if not _answered(desk, found, (sides[0], sides[1])):
                break
        tell(f"{len(desk.kept)} judged; open: {len(archive.unresolved(limit).unsure)}, of at most {limit} shown")


def _answered(desk: _Desk, found: Judgement, sides: tuple[str, str]) -> bool:
    """Keep the answer to one pair; whether there is more to come."""
    while True:
        click.echo("s same, d different, u unsure, k skip, b back, q quit > ", nl=False, err=True)
        key, _, reason = (sys.stdin.readline() or "q").strip().partition(" ")
        if key in {"k", "q"}:
            return key == "k"
        if key in _KEYS:
            why = reason or desk.why or f"reviewed: {'; '.join(found.reasons)}"
            judgement = desk.archive.judgement(found.left, found.right, _KEYS[key], _word(why, desk.by))
            _keep(desk.archive, judgement, sides, desk.as_json)
            desk.kept.append(judgement)
            return True
        if key == "b" and desk.kept:
            last = [desk.kept.pop().id]
            _say(desk.archive, _undoings(_word("taken back in review", desk.by), last, Judgement.letter), desk.as_json)
            tell("That pair is open again; it comes up in the next review.")
        else:
            tell(
                f"{key!r} is no answer here; type one of s d u k b q and Enter." if key else "Type a letter and Enter."
            )


@click.command(
    cls=Verb,
    short_help="Withdraw a page, a statement, somebody, or words of a page.",
    epilog="""stemma withdraw d7fm2xa --why "court order of 2025-10-24" --by "Dana Wirt"
    stemma withdraw "Kim Vael" --why "asked not to be listed"
    stemma withdraw d7fm2xa --words "12 Ferry Street" --why "a private address"
    stemma withdraw d7fm2xa --undo --why "the order was lifted\"""",
)
@click.argument("wanted", metavar="ID")
@click.option("--words", multiple=True, metavar="TEXT", help="Cover these words wherever they stand in the page.")
@click.option("--span", "spans", multiple=True, metavar="START-END", help="Cover these characters of the page.")
@click.option("--undo", is_flag=True, help="Open again what was withdrawn; words stay covered (correct --undo).")
@saying_options
def withdraw(
    wanted: str,
    path: Place,
    why: str | None,
    by: str | None,
    as_json: bool | None,
    **how: Any,  # noqa: ANN401 - click's options by name
) -> None:
    """Withdraw a page, a statement, or somebody by ID or name; with --words or --span cover a part of a page.

    Nothing is destroyed: a stone with date and ground stands where it was; the capture is sealed; text is gone from
    search, lists and exports. Somebody who is withdrawn is not listed or found; pages keep the name.
    """
    word = _word(why, by)
    if how["undo"] and (how["words"] or how["spans"]):
        raise BadValue("undo", wanted, "an ID alone; covered words are uncovered with: stemma correct --undo K...")
    with Archive.open(path) as archive:
        if how["undo"]:
            _reopen(archive, word, _subject(archive, wanted), as_json)
        elif how["words"] or how["spans"]:
            _say(archive, list(_covers(archive, word, wanted, how["words"], how["spans"])), as_json)
        else:
            _say(archive, [_about(word, _subject(archive, wanted), "access", "withdrawn")], as_json)


def _subject(archive: Archive, wanted: str) -> str:
    """The id of what is to be withdrawn; of somebody by exact name too."""
    if is_id(wanted) and wanted[0] != "e":
        try:
            return archive.record(wanted).id
        except NoSuchRecord:
            pass
    person = next(iter(archive.held_on(wanted)))
    assert isinstance(person, Person)  # it comes first
    return person.id


def _reopen(archive: Archive, word: Correction, about: str, as_json: bool | None) -> None:
    """Undo every word that withdraws something; its page may be withdrawn by another id than its own."""
    ask = archive.person if about[0] == "e" else archive.record
    seen = 0
    while isinstance(view := ask(about), Stone) and view.correction.field == "access":
        _say(archive, [_about(word, view.correction.id, "undone", "true")], as_json)
        seen += 1
    if not seen:
        raise BadValue("undo", about, "something that is withdrawn; see: stemma show corrections")


def _covers(
    archive: Archive, word: Correction, wanted: str, words: Sequence[str], spans: Sequence[str]
) -> Iterator[Correction]:
    document = _page(archive, wanted)
    text = archive.document(document).text
    for each in words:
        found = [f"{start}-{start + len(each)}" for start in _places(text, each)]
        if not found:
            raise BadValue("words", each, f"words that stand so in {document}; letters, blanks and line ends count")
        yield from (_about(word, document, "redaction", span) for span in found)
    yield from (_about(word, document, "redaction", span) for span in spans)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words.strip() else -1
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _page(archive: Archive, wanted: str) -> str:
    """The id of the page that something stands in."""
    match archive.record(wanted):
        case Document(id=found) | Statement(document=found):
            return found
        case Snapshot(id=snapshot) if documents := archive.current_documents(snapshot):
            return documents[0]
        case found:
            raise BadValue("withdraw", wanted, f"an open page, of which words can be covered; this is a {_kind(found)}")


def _kind(found: object) -> str:
    return found.kind + " that is withdrawn" if isinstance(found, Stone) else type(found).__name__.lower()


@click.command(
    cls=Verb,
    short_help="Write all that is held on somebody.",
    epilog="""stemma about "Kim Vael"
    stemma about e4kq2d7 --json > held.jsonl""",
)
@click.argument("person", metavar="PERSON")
@json_option
@archive_option
def about(person: str, path: Place, as_json: bool | None) -> None:
    """Write all that is held on somebody, by ID or exact name, listed or not, one JSON line each.

    The person; each mention with its evidence; statements by and naming this one; judgements; what people said; and the
    pages with address, capture time and SHA-256.
    """
    with Archive.open(path) as archive:
        found = archive.held_on(person)
        if wants_json(as_json):
            write_lines(map(json_line, found))
        else:
            screen(sys.stdout).print(held(found, archive.sides))
