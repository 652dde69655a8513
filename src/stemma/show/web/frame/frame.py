"""What every screen stands on: the archive it asks, who may change it, and the forms of an answer."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar
from urllib.parse import quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from stemma.archive.views import Stone
from stemma.errors import NoSuchRecord, Refused
from stemma.notebook import Notebook
from stemma.notebook.accounts import Session
from stemma.records import Correction, Judgement, Verdict
from stemma.show import Answers, is_id
from stemma.show.jsonform import json_form, json_text
from stemma.show.web.door.place import Place, ticket
from stemma.show.web.frame.coverage import Covered, Span
from stemma.show.web.frame.drawing import templates
from stemma.show.web.frame.head.heading import heading
from stemma.show.web.sent.forms import MOST, read_form
from stemma.show.web.sent.troubles import TOLD, trouble_of

Asking = Callable[[Request], Awaitable[Response]]
Changing = Callable[[Request, FormData], Awaitable[Response]]
SESSION = "stemma.session"  #: where the gate leaves the session of a request
KNOCK = "stemma.knock"  #: where it leaves the form token of somebody who is not logged in yet
_GONE = 410  #: RFC 9110: it was here, and was taken away with intent
_SEE_OTHER = 303  #: RFC 9110: what a form answers, so that loading again sends nothing twice
_YEAR = 31_536_000  #: seconds
_NAME = "by"  #: the cookie that holds the name under which a reader signs
#: Who may send a form: those who may change the archive, everybody who is let in, or whoever stands at the door.
Sender = Literal["editor", "reader", "anyone"]
Thing = TypeVar("Thing")


class Desk(Protocol):
    """What changes an archive, as ``stemma.desk.Desk`` does it: every word is signed, nothing is overwritten."""

    def correct(self, words: Sequence[Correction], /) -> list[Correction]:
        """Keep corrections and bring up to date what rests on them; as they are kept. Raises ``BadValue``."""

    def judge(self, left: str, right: str, verdict: Verdict, word: Correction, /) -> Judgement:
        """Keep a judgement between two mentions, entities or names; as it is kept. Raises ``BadValue``."""

    def keep_apart(self, pairs: Sequence[tuple[str, str]], word: Correction, /) -> list[Judgement]:
        """Judge several pairs different at once; as the judgements are kept."""

    def undo(self, ids: Sequence[str], word: Correction, /) -> list[Correction]:
        """Take words of people back, or bring back what was taken back; signed like ``word``."""

    def sample(self) -> Path | None:
        """The folder of the example pages; None where they are not here."""

    def spool(self) -> Path:
        """A new folder for files that people drop."""

    def start(self, row: int, /) -> None:
        """Let a process of its own work at a job of the notebook. Raises ``BadValue`` where another one adds."""

    def stop(self, row: int, /) -> None:
        """Let a job end at once; what it kept stays."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One archive as the reader in a browser shows it.

    ``desk``: what changes it; ``None`` where it can only be read. ``notebook``: saved queries, collections and the
    like; ``None`` where nothing can be noted. Where people log in, those who may see or do different things get frames
    of their own: what a frame's archive does not answer, and its desk does not do, no screen can show or do.
    """

    archive: Answers
    desk: Desk | None = None
    notebook: Notebook | None = None
    name: str = ""  #: how the archive is called at the head of every page
    #: What a form must carry (``token``): a page of another origin cannot know it. Where people log in, see ``token``.
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    place: Place = field(default_factory=Place)
    _covered: Covered = field(default_factory=Covered, repr=False, compare=False)

    def coverage(self) -> Span:
        """What the archive covers, for the header: ``.told`` is "41 outlets, 1997-01-02 to today, 3 gaps"."""
        return self._covered.of(self.archive)

    def html(self, request: Request, template: str, status: int = 200, **shown: object) -> HTMLResponse:
        """A rendered template; every string in it is neutralised and escaped."""
        session = self.session(request)
        framing = {
            "here": request.url.path, "asked_for": request.url.query, "token": self.token(request),
            "may_change": self.desk is not None, "signer": self.signer(request),
            "logged_in": session.account if session else None,
        }  # fmt: skip
        shown = framing | heading(self, request) | shown
        if self.place.log_in and session is None:  # nothing of the archive is told at the door
            shown |= {"shelf": "", "coverage": "", "screens": []}
        return HTMLResponse(templates().get_template(template).render(shown), status)

    def notice(self, request: Request, title: str, message: str, status: int) -> Response:
        """A page that says what happened and what to do."""
        return self.html(request, "notice.html", status, title=title, message=message)

    def failed(self, request: Request, error: Exception, form: FormData | None = None) -> Response:
        """A page that says what went wrong, what was kept and what to do; with the form, where one was sent."""
        typed = [(name, value) for name, value in (form.multi_items() if form else ()) if isinstance(value, str)]
        lost = len(form.multi_items()) - len(typed) if form else 0
        return self.html(
            request, "trouble.html", (told := trouble_of(error)).status, trouble=told, files=lost,
            typed=[each for each in typed if each[0] != "token"],
        )  # fmt: skip

    def stone(self, request: Request, view: Stone) -> Response:
        """What stands where something was withdrawn; the address stays, its content is gone."""
        if wants(request, "json"):
            return answer_json(json_form(view), _GONE)
        return self.html(request, "stone.html", _GONE, stone=view)

    def session(self, request: Request) -> Session | None:
        """Who is logged in; ``None`` at the door, and where nobody needs to log in."""
        found: Session | None = request.scope.get(SESSION)
        return found

    def token(self, request: Request) -> str:
        """What the forms of this reader must carry: of the session where there is one."""
        session = self.session(request)
        return session.form_token if session else request.scope.get(KNOCK, self.secret)

    def signer(self, request: Request) -> str:
        """Under which name this reader's words are signed: the account's; without one as told, "" if never told."""
        if session := self.session(request):
            return session.account.name
        return " ".join(unquote(request.cookies.get(_NAME, "")).split())

    async def _changed(self, request: Request, form: FormData, handler: Changing) -> Response:
        try:
            return await run_in_threadpool(lambda: asyncio.run(_awaited(handler, request, form)))
        except TOLD as error:
            return self.failed(request, error, form)

    def raw_address(self, request: Request, capture: str) -> str | None:
        """Where the bytes of a capture are shown, for an hour: at another origin; ``None`` where they are not served.

        Who calls this answers for it that the reader may see the capture: its page was asked of this frame's archive.
        """
        origin = self.place.raw_origin(request.headers.get("host", ""))
        return origin and origin + ticket(self.secret, capture, self.place.now())

    def change(self, address: str, handler: Changing, most: int = MOST, by: Sender = "editor") -> BaseRoute:
        """The address of a form that changes something: POST, with this reader's token, of at most so many bytes.

        ``by``: who may send it where people log in; readers only what is theirs alone. The change is made on a thread
        of its own: one that waits for an addition of pages keeps no reader waiting. What goes wrong is told on a page
        that has all that was typed, to be sent again.
        """

        async def checked(request: Request) -> Response:
            form = await read_form(request, most)
            try:
                if not secrets.compare_digest(str(form.get("token", "")).encode(), self.token(request).encode()):
                    raise Refused("the form is not of this reader, or of an earlier start of it; load its page again")
                if not self._may(request, by):
                    raise Refused("this account reads; ask whoever keeps the archive to make it an editor")
                return await self._changed(request, form, handler)
            finally:
                await form.close()

        return Route(address, checked, methods=["POST"])

    def _may(self, request: Request, by: Sender) -> bool:
        session = self.session(request)
        if not self.place.log_in or by == "anyone":
            return True
        return session is not None and (by == "reader" or session.account.role == "editor")


async def _awaited(handler: Changing, request: Request, form: FormData) -> Response:
    return await handler(request, form)


def signed(response: Response, name: str) -> Response:
    """The answer, with the name under which this reader signs from now on."""
    response.set_cookie(_NAME, quote(name), max_age=_YEAR, httponly=True, samesite="strict")
    return response


def shows(address: str, page: Asking) -> BaseRoute:
    """An address that only shows."""
    return Route(address, page, methods=["GET"])


def asked_id(request: Request) -> str:
    """The id in the address. Raises ``NoSuchRecord`` for what no id looks like."""
    wanted = str(request.path_params["id"])
    if not is_id(wanted):
        raise NoSuchRecord(wanted)
    return wanted


def wants(request: Request, suffix: str) -> bool:
    """Whether the address ends so: the same view in another form."""
    return re.search(rf"\.{suffix}$", request.url.path) is not None


def answer_json(form: dict[str, Any], status: int = 200) -> Response:
    """A view as JSON."""
    return Response(json_text(form), status, media_type="application/json")


def see(address: str) -> Response:
    """Lead to where the effect of a form is seen."""
    return RedirectResponse(address, _SEE_OTHER)
