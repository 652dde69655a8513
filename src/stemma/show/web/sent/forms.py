"""What people send: read as it comes, and never more of it than was agreed on."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from stemma.errors import TooLarge

MOST = 1 << 20  #: bytes of an ordinary form
_FIELDS = 5_000  #: fields and files of one form


async def read_form(request: Request, most: int) -> FormData:
    """The form of a request. Raises ``TooLarge`` as soon as it says or shows that it has more bytes."""
    stated = request.headers.get("content-length", "")
    if stated.isascii() and stated.isdecimal() and (len(stated) > 18 or int(stated) > most):
        raise TooLarge("what was sent", most)
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge("what was sent", most)
        return message

    return await Request(request.scope, receive).form(max_files=_FIELDS, max_fields=_FIELDS, max_part_size=MOST)
