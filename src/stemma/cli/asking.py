"""Verbs that ask the archive: find, show."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import click

from stemma.archive import Archive, Place
from stemma.archive.answers.search.language import stating
from stemma.archive.views import Article, DayOf, Line, Moment, Person, Query, Utterance
from stemma.cli.bringing.adding import offer_upgrade
from stemma.cli.flags import Verb, archive_option, day_of, json_option, list_problems, tell, wants_json, write_lines
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import StatementKind
from stemma.show import View, is_id, moments, views
from stemma.show.jsonform import json_article, json_line, json_statement, json_text, json_utterance
from stemma.show.lines import counted
from stemma.show.occasion import resembling
from stemma.show.occasion.likewords import alike, echoes
from stemma.show.plain import one_line
from stemma.show.queries import explained
from stemma.show.terminal import draw, listing, said, screen, timeline
from stemma.show.versions import versions
from stemma.text.words import fold

_KINDS = get_args(StatementKind)
_SOME = 8  #: outlets named where the one asked for is none
_MOMENTS = 200  #: statements of a timeline, unless more are asked for
_FLAGS = {"since": "from", "until": "to", "limit": "limit"}
_MOST = 1_000_000  #: statements of one answer: more is what ``export`` is for


@click.command(
    cls=Verb,
    short_help="Find statements by words, speaker, outlet, day, kind.",
    epilog="""stemma find lamps '"far shore"'
    stemma find --speaker "Kim Vael" --from 2025-10-01 --to 2025-10-31
    stemma find --day said --from 2025-10-23 --to 2025-10-23
    stemma find ferry --outlet SARVA --kind direct --json
    stemma find --edited --outlet SARVA
    stemma find 'lamps near/5 shore' 'said:"Kim Vael"' via:SARVA
    stemma find -- ferry -bridge""",
)
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@click.option("--speaker", help="Any form of the speaker's name, in any script.")
@click.option("--outlet", help="The carrier.")
@click.option(
    "--from", "since", callback=day_of, metavar="DAY", help="Said or published on this day or later, YYYY-MM-DD."
)
@click.option("--to", "until", callback=day_of, metavar="DAY", help="Said or published on this day or earlier.")
@click.option(
    "--day",
    type=click.Choice(get_args(DayOf)),
    default="either",
    show_default=True,
    help="The day that --from and --to ask for.",
)
@click.option("--kind", type=click.Choice(_KINDS), help="Kind of statement.")
@click.option("--ranked", is_flag=True, help="The best of the newest 20,000 that fit first (BM25), not the newest.")
@click.option(
    "--edited", is_flag=True, help="Only statements that another capture of their page words otherwise or lacks."
)
@click.option("--limit", type=click.IntRange(1, _MOST), default=25, show_default=True, help="Statements shown at most.")
@json_option
@archive_option
def find(words: tuple[str, ...], path: Place, as_json: bool | None, **asked: Any) -> None:  # noqa: ANN401 - click's options by name
    """Find statements: words (all must occur), "a phrase", begin*, -word, lamps near/5 shore.

    Fields: said:NAME, via:AGENCY (cited between carrier and speaker), outlet:, to:, place:, language:, kind:, date:
    (said, published, unknown), is: (edited, shared, confirmed), each with a hyphen before it to leave it out.

    A query that begins with a hyphen stands after --.
    """
    if asked["since"] and asked["until"] and asked["since"] > asked["until"]:
        raise BadValue("from", asked["since"], f"a day no later than --to {asked['until']}")
    query = Query(words=" ".join(words), **asked)
    with Archive.open(path) as archive:
        query = replace(query, speaker=_known(archive, query.speaker)) if query.speaker else query
        query = replace(query, words=_known_names(archive, query))
        lines = archive.find(query)
        if wants_json(as_json):
            write_lines(json_line(line) for line in lines)
        else:
            page = screen(sys.stdout)
            for block in listing(lines):
                page.print(block)
        sys.stdout.flush()
        tell(_found(archive, query))
        offer_upgrade(archive)


def _known_names(archive: Archive, query: Query) -> str:
    """The words of a query with names in ``said:`` as the archive has them; how it was understood is told on stderr."""
    terms, words = archive.understood(query), query.words
    for term in reversed(terms):
        if term.field == "said" and not term.known and (name := _known(archive, term.value)) != term.value:
            words = words[: term.start] + stating("said", name, minus=term.minus) + words[term.end :]
    terms = terms if words == query.words else archive.understood(replace(query, words=words))
    if any(term.field or term.near for term in terms):
        tell(one_line(f"Looked for: {'; '.join(explained(terms))}."))
    return words


def _known(archive: Archive, name: str) -> str:
    """A name as the archive has it: itself where somebody is written so, else who is the same in another spelling.

    Which one is told on stderr, with the reasons; of names that may be meant, but need not, only that they are there.
    """
    if archive.persons(name):
        return name
    from stemma.naming import meant  # noqa: PLC0415 - loads every room; most names are found as they are written

    near = meant(archive, name)
    told = [(found, one) for found, one in near if archive.persons(found)][:_SOME]
    if told and told[0][1].verdict == "same":
        found, one = told[0]
        tell(f"Nobody here is written {name!r}; taken for {one_line(found)!r} ({'; '.join(one.reasons)}).")
        return found
    if told:
        tell(f"Nobody here is written {name!r}; perhaps: {one_line(', '.join(found for found, _ in told))}.")
    return name


def _found(archive: Archive, query: Query) -> str:
    """How many fit and were shown; where none does, what to change."""
    total, limit = archive.count(query), query.limit or _MOST
    if total > limit:
        return f"{limit:,} of {total:,} statements; --limit {total} shows all"
    if total:
        return f"{total:,} of {total:,} statements"
    if query.speaker and not archive.persons(query.speaker):
        return f"Nobody here is called {query.speaker!r}; try another form of the name, or only a part of it."
    if query.outlet and fold(query.outlet) not in {fold(each.name) for each in archive.outlets()}:
        some = ", ".join(each.name for each in archive.outlets()[:_SOME])
        return f"No outlet here is called {query.outlet!r}; there are: {one_line(some) or 'none'}."
    if not archive.totals().statements:
        return "No statement is in this archive yet; add pages with: stemma add PAGES"
    return "No statement fits; try fewer words, wider dates, or leave a flag out."


@click.command(
    cls=Verb,
    short_help="Show anything by its ID, or somebody by a name.",
    epilog="""stemma show
    stemma show s4kq2d7
    stemma show "Kim Vael"
    stemma show --timeline "Kim Vael" --from 2025-10-01
    stemma show problems
    stemma show corrections""",
)
@click.argument("what", default="", metavar="[ID]")
@click.option(
    "--timeline", "in_time", is_flag=True, help="Statements in order of time: of ID, or of the whole archive."
)
@click.option("--from", "since", callback=day_of, metavar="DAY", help="With --timeline: from this day on, YYYY-MM-DD.")
@click.option("--to", "until", callback=day_of, metavar="DAY", help="With --timeline: up to this day, YYYY-MM-DD.")
@click.option(
    "--limit", type=click.IntRange(1, _MOST), help=f"With --timeline: the newest so many.  [default: {_MOMENTS}]"
)
@click.option(
    "--base",
    default="",
    metavar="WITNESS",
    help="Of an utterance: the witness that others are laid beside (T1, or an ID).",
)
@json_option
@archive_option
def show(what: str, path: Place, as_json: bool | None, in_time: bool, base: str, **asked: Any) -> None:  # noqa: ANN401 - click's options by name
    """Show a record, a page, a statement or an utterance by its ID (or its beginning), or somebody by a name.

    A page of which there are several captures is shown with what one has and the other has not.

    With --timeline: statements of somebody, of a page, of an utterance or of the whole archive in order of time, each
    with what its day rests on.

    Without ID: the counts of the archive; with "problems": what could not be read; with "corrections": all that people
    set right, judged and withdrew, newest first.
    """
    if given := next((name for name, value in asked.items() if value is not None and not in_time), None):
        raise BadValue(_FLAGS[given], asked[given], "--timeline beside it")
    with Archive.open(path) as archive:
        if in_time:
            _show_in_time(archive, what, Query(**asked | {"limit": asked["limit"] or _MOMENTS}), as_json)
        elif what == "problems":
            _list_problems(archive, as_json)
        elif what == "corrections":
            _list_words(archive, as_json)
        else:
            _show_views(archive, what, as_json, base)


def _show_views(archive: Archive, what: str, as_json: bool | None, base: str) -> None:
    """Print what an id or name means; without one the counts."""
    found = _views(archive, what) if what else [archive.totals()]
    if wants_json(as_json):
        write_lines(_json(view, archive) for view in found)
    else:
        screen(sys.stdout).print(*(draw(view, archive, base) for view in found), sep="\n")
    offer_upgrade(archive)


def _json(view: View, archive: Archive) -> str:
    """A view as a line of JSON, a page with what differs between its versions."""
    match view:
        case Article():
            return json_text(json_article(view, versions(archive, view)))
        case Utterance():
            found = resembling(archive, view)
            like = alike(archive, view, [each.line for each in found])
            return json_text(json_utterance(view, found, like))
        case Line():
            page = archive.article(view.statement.document)
            return json_text(json_statement(view, echoes(page, view) if isinstance(page, Article) else ()))
        case _:
            return json_line(view)


def _views(archive: Archive, what: str) -> list[View]:
    """What an id or name means; a name that nobody is written by may be another spelling of one."""
    try:
        return views(archive, what)
    except NoSuchRecord:
        if is_id(what) or (known := _known(archive, what)) == what:
            raise
        return views(archive, known)


def _list_problems(archive: Archive, as_json: bool | None) -> None:
    found = list(archive.problems())
    list_problems(found, as_json)
    if not found:
        tell("No problems: everything that was added could be read.")


def _show_in_time(archive: Archive, what: str, asked: Query, as_json: bool | None) -> None:
    """Print a timeline; what stands in none is counted on stderr."""
    found, undated = _moments(archive, what, asked)
    if wants_json(as_json):
        write_lines(map(json_line, found))
    elif found:
        screen(sys.stdout).print(timeline(found, ids=True))
    sys.stdout.flush()
    tell(f"{counted(len(found), 'statements')} in order of time; {undated:,} more of which no day is known")


def _moments(archive: Archive, what: str, asked: Query) -> tuple[list[Moment], int]:
    """The moments of all, of somebody, or of what an id names; how many statements stand in none."""
    named = _views(archive, what) if what else []
    person = next((view.name for view in named if isinstance(view, Person)), None)
    if person or not what:
        query = replace(asked, speaker=person)
        return archive.timeline(query), archive.undated(query)
    dated = moments(lines := [line for view in named for line in _lines(view)])
    found = [one for one in dated if (asked.since or "") <= one.day <= (asked.until or "9999")]
    return found[-(asked.limit or _MOMENTS) :], len(lines) - len(dated)


def _lines(view: View) -> Sequence[Line]:
    """The statements of a view of one page, utterance or statement."""
    match view:
        case Article(lines=lines) | Utterance(lines=lines):
            return lines
        case Line():
            return [view]
        case _:
            return []


def _list_words(archive: Archive, as_json: bool | None) -> None:
    """Print what people said, for people or as JSON lines."""
    words = archive.words()
    if wants_json(as_json):
        write_lines(map(json_line, words))
    elif words:
        screen(sys.stdout).print(said(words, archive))
    else:
        tell("Nobody has set anything right yet; see: stemma correct --help")
