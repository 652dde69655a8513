"""The pages of the reader: each a question to the archive and a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

import jinja2
from markupsafe import Markup
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from stemma.archive.answers.lines import WITHHELD
from stemma.archive.views import DayOf, Person, Query, Stone, Utterance
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import StatementKind
from stemma.show import Answers, first, is_id, method
from stemma.show import lines as line_parts
from stemma.show.chain import drawn, is_unknown, likenesses, names, steps
from stemma.show.citations import cite
from stemma.show.jsonform import json_article, json_form, json_text, json_utterance
from stemma.show.occasion import resembling
from stemma.show.people.log import by_whom, entries
from stemma.show.people.marks import SIGN, brief, covers, derived, is_of_person, marks, marks_of
from stemma.show.people.stones import GROUND, account, headline, meaning, way_back
from stemma.show.plain import one_line, plain, shortened
from stemma.show.transmission.apparatus import apparatus, pieces
from stemma.show.transmission.drawing import svg
from stemma.show.transmission.forms import MEDIA, Form, rendered
from stemma.show.transmission.sharing import sharing
from stemma.show.transmission.tree import tree
from stemma.show.versions import heads, is_dated, touching, versions
from stemma.show.web.text import Block, blocks, covered
from stemma.show.wording import compare, condense, standing

PAGE = 25  #: statements a page
KINDS: tuple[StatementKind, ...] = ("direct", "indirect", "mixed", "full-text", "transcript")
DAYS: tuple[DayOf, ...] = ("either", "said", "published")
Choice = TypeVar("Choice", bound=str)
_MOST_CARRIED = 3  #: utterances on the first page
_MOST_OF_PERSON = 50
_FEW = 8  #: names and roles of somebody before the rest is folded away
_GONE = 410  #: RFC 9110: it was here, and was taken away with intent
#: Endings of addresses under which an utterance is a file.
SUFFIXES: dict[str, Form] = {"xml": "tei", "graphml": "graphml", "csv": "csv", "svg": "svg"}
_LAST_PAGE = 1_000_000  #: keeps the offset within what SQLite counts


class Asked(NamedTuple):
    """A search as the address states it."""

    query: Query
    page: int

    def address(self, page: int) -> str:
        """The address of another page of the same search."""
        asked = self.query
        named = {
            "q": asked.words, "speaker": asked.speaker, "outlet": asked.outlet, "from": asked.since, "to": asked.until,
            "day": asked.day if asked.day != "either" else None, "kind": asked.kind,
            "edited": "1" if asked.edited else None, "page": page if page > 1 else None,
        }  # fmt: skip
        return "/search?" + urlencode({name: value for name, value in named.items() if value})


def asked(params: QueryParams) -> Asked:
    """The search that an address states. Raises ``BadValue`` for a kind, day or page that is none."""
    page = params.get("page") or "1"
    if not (page.isascii() and page.isdecimal() and 1 <= int(page[:8]) <= _LAST_PAGE):
        raise BadValue("page", page, "a number from 1")
    query = Query(
        words=params.get("q", "").strip(), speaker=params.get("speaker", "").strip() or None,
        outlet=params.get("outlet", "").strip() or None, since=_day(params, "from"), until=_day(params, "to"),
        kind=_one_of(params, "kind", KINDS), day=_one_of(params, "day", DAYS) or "either",
        edited=params.get("edited") == "1",
        limit=PAGE, offset=(int(page) - 1) * PAGE,
    )  # fmt: skip
    if query.since and query.until and query.since > query.until:
        raise BadValue("from", query.since, f"a day no later than {query.until}")
    return Asked(query, int(page))


def _one_of(params: QueryParams, name: str, choices: Sequence[Choice]) -> Choice | None:
    value = params.get(name) or None
    if value is None or value in choices:
        return next((choice for choice in choices if choice == value), None)
    raise BadValue(name, value, f"one of {', '.join(choices)}")


def _day(params: QueryParams, name: str) -> str | None:
    value = params.get(name, "").strip() or None
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise BadValue(name, value, "a day like 2025-10-24") from None


class Pages:
    """The reader's pages over one archive; every method answers one kind of address."""

    def __init__(self, archive: Answers) -> None:
        self._archive = archive
        self._templates = _templates()

    def html(self, template: str, status: int = 200, **shown: object) -> HTMLResponse:
        """A rendered template; every string in it is neutralised and escaped."""
        return HTMLResponse(self._templates.get_template(template).render(**shown), status)

    async def search(self, request: Request) -> Response:
        """Statements that fit, 25 a page; without any question the newest, under what is carried most."""
        search = asked(request.query_params)
        total = self._archive.count(search.query)
        lines = first(self._archive.find(search.query), PAGE)
        if request.url.path.endswith(".json"):
            return _json({"total": total, "page": search.page, "statements": [json_form(line) for line in lines]})
        blank = search.query == Query(limit=PAGE)
        carried = [found for found in self._archive.utterances(_MOST_CARRIED) if len(found.lines) > 1] if blank else []
        return self.html(
            "search.html", search=search, total=total, lines=lines, carried=carried, blank=blank,
            totals=self._archive.totals() if blank or not lines else None, last=max(1, -(-total // PAGE)),
            outlets=self._archive.outlets() if blank else (),
        )  # fmt: skip

    async def article(self, request: Request) -> Response:
        """A page's text with its statements, and what is known of it."""
        view = self._archive.article(_id(request))
        if isinstance(view, Stone):
            return self.stone(view, request)
        compared = versions(self._archive, view)
        if _wants_json(request):
            return _json(json_article(view, compared))
        return self.html("article.html", article=view, blocks=list(blocks(view)), versions=compared)

    async def statement(self, request: Request) -> Response:
        """One statement: speaker, chain, witnesses, capture, citation."""
        line = self._archive.line(_id(request))
        if isinstance(line, Stone):
            return self.stone(line, request)
        if _wants_json(request):
            return _json(json_form(line))
        utterance = self._utterance(line.utterance)
        compared = compare(utterance, line) if utterance else ()
        method_, touched = method(self._archive, line.statement.run), touching(self._archive, line)
        return self.html("statement.html", line=line, compared=compared, method=method_, touching=touched)

    def _utterance(self, record_id: str | None) -> Utterance | None:
        try:
            found = self._archive.utterance(record_id) if record_id else None
        except NoSuchRecord:
            return None
        return found if isinstance(found, Utterance) else None

    async def person(self, request: Request) -> Response:
        """An entity; an id that has joined another leads on to it."""
        view = self._archive.person(_id(request))
        if isinstance(view, Stone):
            return self.stone(view, request)
        if not view.id.startswith(_id(request)):
            return RedirectResponse(f"/p/{view.id}", 301)
        lines = view.lines[:_MOST_OF_PERSON]
        by_people, by_machine = by_whom(view.judgements)
        return self.html(
            "person.html", person=view, lines=lines, roles=_roles(view), few=_FEW,
            total=max(view.statements, len(lines)), judged=list(entries(by_people, self._archive)),
            compared=[(each, self._archive.sides(each.id)) for each in by_machine[:_MOST_OF_PERSON]],
            more=max(0, len(by_machine) - _MOST_OF_PERSON),
        )  # fmt: skip

    async def utterance(self, request: Request) -> Response:
        """One speech act: its witnesses, who has it from whom, and every place where they differ; also as a file."""
        view = self._archive.utterance(_id(request))
        if isinstance(view, Stone):
            return self.stone(view, request)
        suffix = request.url.path.rpartition(".")[2]
        if not view.id.startswith(_id(request)):
            return RedirectResponse(f"/w/{view.id}{f'.{suffix}' if suffix in SUFFIXES else ''}", 301)
        base = request.query_params.get("base", "")
        if _wants_json(request):
            return _json(json_utterance(view, resembling(self._archive, view)))
        if suffix in SUFFIXES:
            return self._file(view, SUFFIXES[suffix], base)
        drawn, found = tree(view), apparatus(view, base)
        picture = Markup(svg(drawn, alone=False).decode())  # noqa: S704 (built by lxml, which escapes every word)
        return self.html(
            "utterance.html", utterance=view, tree=drawn, apparatus=found, picture=picture,
            named=found.sigla[found.base], compared=compare(view, found.lines[found.base]),
            resembling=resembling(self._archive, view),
        )  # fmt: skip

    def _file(self, view: Utterance, form: Form, base: str) -> Response:
        """An utterance in a form for other programs, as ``stemma export`` writes it without further flags."""
        shared = [(view, sharing(self._archive, view))]
        suffix = next(name for name, each in SUFFIXES.items() if each == form)
        headers = {"Content-Disposition": f'attachment; filename="{view.id}.{suffix}"'}
        return Response(rendered(form, shared, base if form == "tei" else ""), 200, headers, MEDIA[form])

    async def problems(self, _: Request) -> Response:
        """What went wrong while pages were added."""
        return self.html("notice.html", title="Problems", message="", problems=list(self._archive.problems()))

    def stone(self, view: Stone, request: Request) -> Response:
        """What stands where something was withdrawn; the address stays, its content is gone."""
        if _wants_json(request):
            return _json(json_form(view), _GONE)
        return self.html("stone.html", _GONE, stone=view)

    def notice(self, title: str, message: str, status: int) -> Response:
        """A page that says what happened and what to do."""
        return self.html("notice.html", status, title=title, message=message, problems=None)


def _roles(person: Person) -> list[tuple[str, list[tuple[str | None, str]]]]:
    """Each role as worded, newest first, with the days and pages that word it so."""
    worded: dict[str, list[tuple[str | None, str]]] = {}
    for role, on, document in person.roles:
        worded.setdefault(one_line(role), []).append((on, document))
    return [*worded.items()]


def _id(request: Request) -> str:
    """The id in the address. Raises ``NoSuchRecord`` for what no id looks like."""
    wanted = str(request.path_params["id"])
    if not is_id(wanted):
        raise NoSuchRecord(wanted)
    return wanted


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json")


def _json(form: dict[str, Any], status: int = 200) -> Response:
    return Response(json_text(form), status, media_type="application/json")


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("stemma.show.web"), autoescape=True, undefined=jinja2.StrictUndefined,
        finalize=_finalize, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shown: dict[str, Callable[..., Any]] = {
        "parts": line_parts.parts, "tell": line_parts.tell, "speaker_of": line_parts.speaker,
        "day": line_parts.day, "cite": cite, "steps": steps, "likenesses": likenesses,
        "pieces": pieces, "names": names, "is_unknown": is_unknown, "drawn": drawn, "standing": standing,
        "is_dated": is_dated, "heads": heads, "condense": condense,
        "web_address": web_address, "marks_of": marks_of, "marks": marks, "covers": covers,
        "brief": brief, "derived": derived, "is_of_person": is_of_person, "is_withheld": line_parts.is_withheld,
        "said_of": line_parts.said_of,
        "said_on": line_parts.said_on,
        "headline": headline, "account": account, "meaning": meaning, "way_back": way_back,
        "analysis_notes": line_parts.analysis_notes,
        "is_text": lambda block: isinstance(block, Block),
    }  # fmt: skip
    environment.globals.update(
        shown, KINDS=KINDS, DAYS=DAYS, QUOTATION=line_parts.QUOTATION, SIGN=SIGN, GROUND=GROUND, WITHHELD=WITHHELD,
        ON_PAGE=line_parts.ON_PAGE, NOT_ANALYSED=line_parts.NOT_ANALYSED,
    )  # fmt: skip
    environment.filters.update({
        "one_line": one_line, "named": line_parts.named, "shortened": shortened, "sure": _sure, "moment": _moment,
        "covered": covered,
    })  # fmt: skip
    return environment


def _finalize(value: object) -> object:
    """Neutralises every string that a template prints, before it is escaped; ``None`` prints as nothing."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _sure(confidence: float) -> str:
    return f"{confidence * 100:.0f}\u00a0% sure"


def _moment(instant: str | None) -> str:
    """A stated instant as it was stated; one without a time zone says so."""
    if not instant:
        return "time not stated"
    zoned = len(instant) <= len("2025-10-24") or re.search(r"(?:Z|[+-]\d\d:?\d\d)$", instant)
    return instant if zoned else f"{instant} (time zone not stated)"


def web_address(url: str | None) -> str | None:
    """The address where it may be a link: http and https only (no ``javascript:``, no ``file:``)."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
