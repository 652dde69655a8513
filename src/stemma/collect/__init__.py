"""The room ``collect``: bring bytes in and keep them as they came.

``captures`` takes files, folders, globs, ``.zip``, ``.gz``, web archives, feeds, mail, tables and JSON Lines of pages,
and addresses of pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.collect.apart import new_hand
from stemma.collect.files import entries, found_paths
from stemma.collect.source import Choice, Found
from stemma.collect.stated import checked
from stemma.collect.web.guard.addresses import Address, Unfit, is_address, read_address
from stemma.errors import BadValue
from stemma.records import Stated

if TYPE_CHECKING:
    from stemma.collect.web.settings import Web

__all__ = ["captures"]

_ALL = Choice()


def captures(paths: Sequence[str], stated: Stated, web: Web | None = None, choice: Choice = _ALL) -> Found:
    """Every page under the paths and at the addresses, one after the other; a bad one is a Problem and costs no other.

    ``web`` says how servers are asked (None: as ``Web()`` does), ``choice`` what is taken of files of many pages. Paths
    that do not exist, addresses that are not asked
    (``ftp://``, ``file://``, with a password ...) and stated facts that cannot be read raise ``BadValue`` before
    anything is read or fetched.
    """
    sources = [each for path in paths for each in _sources(path)]
    files = [each for each in sources if isinstance(each, Path)]
    facts = checked(stated, files, web=len(files) < len(sources))
    return _files(files, facts, choice) if len(files) == len(sources) else _mixed(sources, facts, web, choice)


def _sources(path: str) -> Sequence[Path | Address]:
    """The files that a word of the command line means, or the address that it is. Raises ``BadValue``."""
    if not is_address(path):
        return found_paths([path])
    try:
        return [read_address(path)]
    except Unfit as error:
        raise BadValue("address", path, str(error)) from None


def _files(files: Sequence[Path], facts: Stated, choice: Choice) -> Found:
    choice.gauge.measure(files)
    with new_hand() or nullcontext() as hand:
        for file in files:
            yield from entries(file, facts, choice, hand)


def _mixed(sources: Sequence[Path | Address], facts: Stated, web: Web | None, choice: Choice) -> Found:
    from stemma.collect.web.pages import Asking  # noqa: PLC0415 - loads HTTP and TLS, which files do not need
    from stemma.collect.web.settings import Web  # noqa: PLC0415 - the same

    asking = Asking(web or Web(), facts)
    if all(isinstance(each, Address) for each in sources):
        choice.gauge.expect(len(sources))
    with new_hand() or nullcontext() as hand:
        for source in sources:
            if isinstance(source, Path):
                yield from entries(source, facts, choice, hand)
            else:
                yield asking.page(source)
                choice.gauge.passed(1)
