"""Under which name a reader signs: asked once, kept in this browser."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.errors import BadValue
from stemma.show.web.frame import Frame, see, shows, signed
from stemma.show.web.sent.signing import back, text

_LONGEST = 200  #: characters


def naming(frame: Frame) -> list[BaseRoute]:
    """The address of the name."""

    async def asked(request: Request) -> Response:
        return frame.html(request, "review/name.html", back=request.query_params.get("back", "/review"))

    async def named(_: Request, form: FormData) -> Response:
        name = " ".join(text(form, "name").split())
        if not 0 < len(name) <= _LONGEST or not name.isprintable():
            raise BadValue("name", name, f"a name of 1 to {_LONGEST} characters")
        return signed(see(back(form, "/review")), name)

    return [shows("/name", asked), frame.change("/name", named)]
