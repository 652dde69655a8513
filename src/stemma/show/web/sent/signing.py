"""A person's word as a form says it: who, when and why; and where a form leads back to."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request

from stemma.archive.catalogue import Catalogue
from stemma.collect.clock import moment
from stemma.errors import BadValue, Refused
from stemma.notebook import Notebook
from stemma.records import Correction
from stemma.show.web.frame import Desk, Frame

_LONGEST = 200  #: characters of a person's name


def text(form: FormData, name: str) -> str:
    """What was typed into a field, without blanks around it; "" for one that was not sent, or is a file."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    """What was typed or chosen in all fields of a name."""
    return [value.strip() for value in form.getlist(name) if isinstance(value, str)]


def signature(frame: Frame, request: Request, form: FormData, why: str) -> Correction:
    """A word of which who, when and why are said; ``why``: where the form gives no reason. Raises ``BadValue``."""
    by = frame.signer(request) or " ".join(text(form, "by").split())
    if not 0 < len(by) <= _LONGEST:
        raise BadValue("by", by, "your name: people's words are signed with it")
    reason = " ".join(text(form, "why").split()) or why
    return Correction(about="", field="undone", value="", by=by, at=moment(), reason=reason)


def back(form: FormData, otherwise: str) -> str:
    """The address of this reader that a form leads back to."""
    wanted = text(form, "back")
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if own else otherwise


def desk_of(frame: Frame) -> Desk:
    """What changes the archive. Raises ``Refused`` where it is only read."""
    if frame.desk is None:
        raise Refused("this reader only shows")
    return frame.desk


def notebook_of(frame: Frame) -> Notebook:
    """What readers note. Raises ``Refused`` where nothing is."""
    if frame.notebook is None:
        raise Refused("nothing is noted in this reader")
    return frame.notebook


def catalogue_of(frame: Frame) -> Catalogue:
    """The archive's catalogue. Raises ``Refused`` where only a part of the archive is shown."""
    found = known_catalogue(frame)
    if found is None:
        raise Refused("this page tells of the whole archive, of which you see a part")
    return found


def known_catalogue(frame: Frame) -> Catalogue | None:
    """The archive's catalogue; None where only a part of the archive is shown."""
    found = getattr(frame.archive, "catalogue", None)
    return found if isinstance(found, Catalogue) else None
