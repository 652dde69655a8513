"""Import: files dropped, addresses pasted or the sample set; looked through first, then added beside the reader."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.collect.clock import now
from stemma.errors import BadValue, NoSuchRecord
from stemma.notebook import jobs
from stemma.notebook.jobs import Job
from stemma.show.plain import one_line
from stemma.show.web.frame import Frame, see, shows, signed
from stemma.show.web.frame.frame import Changing
from stemma.show.web.sent.signing import desk_of, notebook_of, signature, text

MOST = 1 << 29  #: bytes that are taken in one go: 512 MiB; more is added where the files lie
_FILES = 1_000  #: files of one import
_NAME = 120  #: characters of a file's name
_LINES = 5_000  #: addresses of one list
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


def importing(frame: Frame) -> list[BaseRoute]:
    """The addresses of import."""

    async def start(request: Request) -> Response:
        found = jobs.jobs(notebook_of(frame)) if frame.notebook is not None else []
        return frame.html(request, "gathering/import.html", jobs=found, most=MOST, sample=_has_sample(frame))

    async def one(request: Request) -> Response:
        found = jobs.job(notebook_of(frame), _number(request))
        return frame.html(request, "gathering/job.html", job=found)

    async def files(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, "added")
        sent = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        if not 0 < len(sent) <= _FILES:
            raise BadValue("files", len(sent), f"1 to {_FILES:,} files")
        paths = await run_in_threadpool(_keep, desk_of(frame).spool(), sent)
        name = safe(sent[0].filename or "") if len(sent) == 1 else f"{len(sent)} files"
        return signed(_begin(frame, Job(0, "try", name, paths, _stated(form), word.by, now())), word.by)

    async def listed(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, "added")
        paths = addresses(text(form, "addresses"))
        job = Job(0, "try", f"{len(paths)} address{'es' * (len(paths) != 1)}", paths, _stated(form), word.by, now())
        return signed(_begin(frame, job), word.by)

    async def sample(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, "added")
        folder = desk_of(frame).sample()
        if folder is None:
            raise BadValue("sample", "", "an installation that has the example pages")
        paths = tuple(str(each) for each in sorted(folder.iterdir()))
        return signed(_begin(frame, Job(0, "add", "the sample set", paths, (None,) * 4, word.by, now())), word.by)

    forms = [frame.change("/import/files", files, MOST), frame.change("/import/list", listed)]
    again = [frame.change(f"/import/{{row}}/{deed}", _going_on(frame, deed)) for deed in ("add", "again", "stop")]
    return [
        *forms,
        frame.change("/import/sample", sample),
        *again,
        shows("/import", start),
        shows("/import/{row}", one),
    ]


def _going_on(frame: Frame, deed: str) -> Changing:
    async def go_on(request: Request, form: FormData) -> Response:
        notebook, row = notebook_of(frame), _number(request)
        found = jobs.job(notebook, row)
        if deed == "add":
            word = signature(frame, request, form, "added")
            return _begin(frame, found._replace(deed="add", by=word.by, at=now()))
        if deed == "stop":
            desk_of(frame).stop(row)
        elif not found.is_open or found.is_lost:
            desk_of(frame).start(row)
        return see(f"/import/{row}")

    return go_on


def _has_sample(frame: Frame) -> bool:
    return frame.desk is not None and frame.desk.sample() is not None


def _number(request: Request) -> int:
    row = str(request.path_params["row"])
    if not (row.isascii() and row.isdecimal() and len(row) < 18):
        raise NoSuchRecord(row)
    return int(row)


def _begin(frame: Frame, job: Job) -> Response:
    """Enter a job and let it begin; its page."""
    row = jobs.enter(notebook_of(frame), job)
    desk_of(frame).start(row)
    return see(f"/import/{row}")


def _keep(folder: Path, sent: list[UploadFile]) -> tuple[str, ...]:
    """Write files that were sent into a folder, each into one of its own: names may come twice."""
    paths = []
    for number, each in enumerate(sent):
        place = folder / str(number) / safe(each.filename or "")
        place.parent.mkdir()
        with place.open("xb") as file:
            shutil.copyfileobj(each.file, file)
        paths.append(str(place))
    return tuple(paths)


def safe(name: str) -> str:
    """The name of a file without folders, and without characters that steer a screen or a system."""
    bare = one_line(_UNSAFE.sub("", re.split(r"[/\\]", name)[-1])).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    short = f"{stem[: _NAME - len(ending) - 1]}{dot}{ending}" if stem and len(ending) < _NAME // 2 else bare[:_NAME]
    return short or "page"


def addresses(lines: str) -> tuple[str, ...]:
    """The addresses of a list, one a line; blank lines and those that begin with # are passed over.

    Raises ``BadValue`` for a line that is no web address: a path of this machine is never taken from a form.
    """
    found = [line.strip() for line in lines.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if wrong := next((line for line in found if not _ADDRESS.fullmatch(line)), None):
        raise BadValue("address", wrong[:200], "an address that begins with http:// or https://, one a line")
    if not 0 < len(found) <= _LINES:
        raise BadValue("addresses", len(found), f"1 to {_LINES:,} addresses")
    return tuple(dict.fromkeys(found))


def _stated(form: FormData) -> tuple[str | None, ...]:
    """What is stated of the pages: as ``records.Stated``, and the address that servers are told."""
    names = ("url", "fetched", "published", "outlet", "contact")
    return tuple(text(form, name) or None for name in names)
