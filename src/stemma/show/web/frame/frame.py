"""What every screen stands on: the archive it asks, who may change it, and the forms of an answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, unquote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from stemma.archive.views import Stone
from stemma.errors import NoSuchRecord, Refused
from stemma.notebook import Notebook
from stemma.records import Correction, Judgement, Verdict
from stemma.show import Answers, is_id
from stemma.show.jsonform import json_form, json_text
from stemma.show.web.frame.coverage import Covered, Span
from stemma.show.web.frame.drawing import templates
from stemma.show.web.sent.forms import MOST, read_form
from stemma.show.web.sent.troubles import TOLD, trouble_of

Asking = Callable[[Request], Awaitable[Response]]
Changing = Callable[[Request, FormData], Awaitable[Response]]
_GONE = 410  #: RFC 9110: it was here, and was taken away with intent
_SEE_OTHER = 303  #: RFC 9110: what a form answers, so that loading again sends nothing twice
_YEAR = 31_536_000  #: seconds
_NAME = "by"  #: the cookie that holds the name under which a reader signs
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
    like; ``None`` where nothing can be noted.
    """

    archive: Answers
    desk: Desk | None = None
    notebook: Notebook | None = None
    #: What a form must carry (``token``): a page of another origin cannot know it.
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _covered: Covered = field(default_factory=Covered, repr=False, compare=False)

    def coverage(self) -> Span:
        """What the archive covers, for the header: ``.told`` is "41 outlets, 1997-01-02 to today, 3 gaps"."""
        return self._covered.of(self.archive)

    def html(self, request: Request, template: str, status: int = 200, **shown: object) -> HTMLResponse:
        """A rendered template; every string in it is neutralised and escaped."""
        framing = {
            "here": request.url.path, "asked_for": request.url.query, "token": self.secret,
            "may_change": self.desk is not None, "signer": self.signer(request),
        }  # fmt: skip
        return HTMLResponse(templates().get_template(template).render(framing | shown), status)

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

    def signer(self, request: Request) -> str:
        """Under which name this reader's words are signed; "" where it is not known yet."""
        return " ".join(unquote(request.cookies.get(_NAME, "")).split())

    async def _changed(self, request: Request, form: FormData, handler: Changing) -> Response:
        try:
            return await handler(request, form)
        except TOLD as error:
            return self.failed(request, error, form)

    def change(self, address: str, handler: Changing, most: int = MOST) -> BaseRoute:
        """The address of a form that changes something: POST, with this reader's token, of at most so many bytes.

        What goes wrong is told on a page that has all that was typed, to be sent again.
        """

        async def checked(request: Request) -> Response:
            form = await read_form(request, most)
            try:
                if not secrets.compare_digest(str(form.get("token", "")).encode(), self.secret.encode()):
                    raise Refused("the form is not of this reader, or of an earlier start of it; load its page again")
                return await self._changed(request, form, handler)
            finally:
                await form.close()

        return Route(address, checked, methods=["POST"])


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
