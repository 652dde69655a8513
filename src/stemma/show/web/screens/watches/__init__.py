"""S7, watches: saved queries that tell of what is new, with what each would have sent; and their feeds."""

from __future__ import annotations

from typing import TypeVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.collect.clock import now
from stemma.errors import BadQuery, BadValue, NoSuchRecord, Refused
from stemma.notebook import Notebook
from stemma.notebook import watches as notes
from stemma.notebook.watches import CHANGES, CHANNELS, DIGESTS, Watch
from stemma.show import notices
from stemma.show.notices.forms import Message, atom
from stemma.show.web.frame import Frame, see, shows

_FEED = 20  #: messages of a feed, the newest
_LONGEST_QUERY = 2_000  #: characters
Choice = TypeVar("Choice", bound=str)
_NEW = Watch(0, "", "", "feed", "", "new", 1, "none", "", "", "")
_TYPE = "application/atom+xml"  #: RFC 4287, 7


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of this screen; there are none where nothing can be noted."""

    async def watch(request: Request) -> Response:
        return _listed(frame, request)

    async def add(request: Request, form: FormData) -> Response:
        return _add(frame, request, form)

    async def preview(request: Request, form: FormData) -> Response:
        return _listed(frame, request, asked=_read(form.get, _NEW))

    async def remove(request: Request, form: FormData) -> Response:
        return _remove(frame, request, form)

    if frame.notebook is None:
        return []
    return [
        shows("/watch", watch),
        frame.change("/watch", add, by="reader"),
        frame.change("/watch/preview", preview, by="reader"),
        frame.change("/watch/end", remove, by="reader"),
    ]


def feeds(frame: Frame) -> list[BaseRoute]:
    """The addresses of the feeds: who knows one needs no log-in."""

    async def feed(request: Request) -> Response:
        return _feed(frame, request)

    return [] if frame.notebook is None else [shows("/feed/{secret}.atom", feed)]


def _listed(frame: Frame, request: Request, wrong: str = "", asked: Watch | None = None) -> Response:
    """The reader's watches, a form for a new one, and what that one would have sent."""
    wanted, shown = asked or _read(request.query_params.get, _NEW), None
    if not wrong and ("query" in request.query_params or asked):
        try:
            shown = notices.preview(frame.archive, wanted)
        except (BadQuery, BadValue) as error:
            wrong = str(error)
    own = [(each, f"/feed/{each.secret}.atom") for each in _own(frame, request)]
    return frame.html(
        request, "watches/watches.html", 400 if wrong else 200, watches=own, wanted=wanted, preview=shown, wrong=wrong,
        channels=_channels(frame, request), CHANGES=CHANGES, DIGESTS=DIGESTS, DAYS=notices.DAYS,
    )  # fmt: skip


def _read(get, known: Watch) -> Watch:  # type: ignore[no-untyped-def]  # noqa: ANN001 (of parameters or of a form)
    """A watch as a form states it; what is odd is told when it is kept."""
    least = str(get("least") or "1")
    return known._replace(
        name=" ".join(str(get("name") or "").split())[:100], query=str(get("query") or "").lstrip("?")[:_LONGEST_QUERY],
        channel=_one_of(get("channel"), CHANNELS), target=str(get("to") or "").strip()[:_LONGEST_QUERY],
        change=_one_of(get("change"), CHANGES), digest=_one_of(get("digest"), DIGESTS),
        least=int(least) if least.isascii() and least.isdecimal() and len(least) < 5 else 0,
    )  # fmt: skip


def _one_of(value: object, choices: tuple[Choice, ...]) -> Choice:
    return next((each for each in choices if each == value), choices[0])


def _channels(frame: Frame, request: Request) -> tuple[str, ...]:
    """Readers are told by feeds; what leaves this machine, and where to, is for editors to say."""
    session = frame.session(request)
    return CHANNELS if session is None or session.account.role == "editor" else ("feed",)


def _own(frame: Frame, request: Request) -> list[Watch]:
    session = frame.session(request)
    found = notes.watches(_notebook(frame))
    if session is None or session.account.role == "editor":
        return found
    return [each for each in found if each.by == session.account.name]


def _add(frame: Frame, request: Request, form: FormData) -> Response:
    session = frame.session(request)
    if session and session.account.collections:
        raise Refused("a feed tells of the whole archive, and this account sees collections")
    wanted = _read(form.get, _NEW)._replace(by=session.account.name if session else frame.signer(request), at=now())
    if wanted.channel not in _channels(frame, request):
        raise Refused("this account is told by feeds alone")
    try:
        notices.make(frame.archive, _notebook(frame), wanted)
    except (BadQuery, BadValue) as error:
        return _listed(frame, request, str(error), wanted)
    return see("/watch")


def _remove(frame: Frame, request: Request, form: FormData) -> Response:
    name = str(form.get("name", ""))
    if name not in {each.name for each in _own(frame, request)}:
        raise NoSuchRecord(name)
    notes.remove(_notebook(frame), name)
    return see("/watch")


def _feed(frame: Frame, request: Request) -> Response:
    """What went out of late, as it may be told now: what was withdrawn since is not in it any more."""
    notebook = _notebook(frame)
    watch = notes.by_secret(notebook, str(request.path_params["secret"]))
    if watch is None:
        raise NoSuchRecord("feed")
    messages = [
        Message(watch.name, each.key, each.at, tuple(found))
        for each in notes.sent_batches(notebook, watch, _FEED)
        if (found := notices.items(frame.archive, watch, notes.in_batch(notebook, watch, each.row)))
    ]
    address = f"{request.url.scheme}://{request.headers['host']}{request.url.path}"
    return Response(atom(watch.name, address, messages), 200, {"Cache-Control": "private, no-cache"}, _TYPE)


def _notebook(frame: Frame) -> Notebook:
    if frame.notebook is None:
        raise NoSuchRecord("watch")
    return frame.notebook
