"""Errors: raised for misuse only; bad input becomes a ``Problem`` record instead.

StemmaError
├── NoArchive        the folder is no archive
├── NoServer         a server that cannot be reached, or does not let anybody in
├── NewerArchive     the archive was written by a later version
├── OlderArchive     the archive was written by an earlier version
├── NoSuchRecord     an id that the archive does not hold
├── AmbiguousId      a shortened id that fits several records
├── Withdrawn        bytes or text that a person withdrew
├── BadSignature     a signature that does not hold
├── NeedsExtra       what an optional part of the program does
├── Refused          a change that this reader may not make
├── TooLarge         more than is taken at once
├── BadQuery         a query that cannot be read
└── BadValue         a flag or argument that cannot be read
"""

from __future__ import annotations


class StemmaError(Exception):
    """Base of all errors that a caller may want to catch; the message names the thing and the way out."""


class NoArchive(StemmaError):
    """The folder holds no archive."""

    def __init__(self, path: object) -> None:
        super().__init__(f"{path} is not an archive yet; make one with: stemma add --archive {path} PAGES")


class NoServer(StemmaError):
    """A database server that cannot be reached, or does not let us in."""

    def __init__(self, address: object, why: object) -> None:
        super().__init__(f"{address} cannot be reached ({why}); see that the server runs and the address is right")


class NewerArchive(StemmaError):
    """The archive's schema is later than this program knows."""

    def __init__(self, path: object, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a later Stemma (schema {found}; this one knows {known}); upgrade Stemma to open it"
        )


class OlderArchive(StemmaError):
    """The archive's schema is earlier than this program reads."""

    def __init__(self, path: object, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by an earlier Stemma (schema {found}; this one reads {known}); "
            f"bring it up to date with: stemma upgrade --archive {path}"
        )


class NoSuchRecord(StemmaError):
    """The archive holds nothing under that id."""

    def __init__(self, record_id: str) -> None:
        super().__init__(f"nothing here has the id or name {record_id!r}; `stemma find WORDS` prints ids")


class AmbiguousId(StemmaError):
    """A shortened id fits several records."""

    def __init__(self, record_id: str, ids: list[str]) -> None:
        super().__init__(f"{record_id!r} fits several records: {', '.join(ids[:5])}; give more of it")


class Withdrawn(StemmaError):
    """What was asked for is sealed: a person withdrew it, or covered words of it."""

    def __init__(self, record_id: str, when: str, ground: str, word: str) -> None:
        super().__init__(
            f"{record_id} was withdrawn or redacted on {when[:10]} ({ground}) and is sealed; "
            f"to open it again: stemma correct --undo {word} --why WHY"
        )


class BadSignature(StemmaError):
    """A file was not signed so by that key, or was changed since."""

    def __init__(self, signature: object, signed: object, why: object) -> None:
        super().__init__(f"{signature} is no signature of {signed} by that key ({why}); do not rest on that file")


class NeedsExtra(StemmaError):
    """A part of the program that is installed only where it is asked for."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} need the extra {extra!r}; add it with: pip install 'stemma-archive[{extra}]'")


class Refused(StemmaError):
    """A change that is not taken from where it comes."""

    def __init__(self, why: str) -> None:
        super().__init__(f"refused: {why}")


class TooLarge(StemmaError):
    """More was sent than is taken at once."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(
            f"{what} has more than {most:,} bytes, which is the most that is taken at once; send less of it"
        )


class BadQuery(StemmaError):
    """A query that cannot be read. ``at``: the place of the character that cannot; ``None``: of none alone."""

    def __init__(self, query: str, why: str, at: int | None = None) -> None:
        self.query, self.why, self.at = query, why, at
        place = "" if at is None else f" (at character {at + 1})"
        super().__init__(f"cannot read the query {query!r}{place}: {why}")


class BadValue(StemmaError):
    """A value that cannot be read."""

    def __init__(self, name: str, value: object, wanted: str) -> None:
        super().__init__(f"{name} {value!r}: wanted {wanted}")
