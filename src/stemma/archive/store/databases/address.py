"""Addresses of archives on a server: ``postgresql://USER@HOST:PORT/DATABASE?folder=/srv/stemma``.

A PostgreSQL address (RFC 3986; PostgreSQL's manual, 34.1.1.2 "Connection URIs") with two parameters of our own:
``folder`` holds what does not lie in the database, captures above all; ``schema`` tells several archives of one
database apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from stemma.errors import BadValue

_SCHEMES = ("postgresql", "postgres")
SCHEMA = "stemma"  #: where nothing else is said
_LONGEST = 63  #: bytes of a name (PostgreSQL: NAMEDATALEN - 1)


class Address(NamedTuple):
    """Where an archive lies on a server."""

    server: str  #: what PostgreSQL's own programs would take, a password included
    folder: Path | None  #: None: the one that the archive was made with
    schema: str

    @classmethod
    def of(cls, written: str) -> Address:
        """An address as it is written. Raises ``BadValue``."""
        try:
            _ = urlsplit(written).port
        except ValueError as error:
            raise BadValue("archive", bare(written), f"an address like postgresql://HOST/DATABASE ({error})") from None
        server, _, query = written.partition("?")
        pairs = parse_qsl(query, keep_blank_values=True)
        own = {name: value for name, value in pairs if name in {"folder", "schema"}}
        rest = urlencode([pair for pair in pairs if pair[0] not in own], safe="/")
        schema = own.get("schema", SCHEMA)
        if not schema.isidentifier() or not schema.isascii() or len(schema) > _LONGEST or schema.startswith("pg_"):
            raise BadValue("schema", schema, "letters, digits and _ alone, a letter first")
        folder = own.get("folder")
        if folder is not None and not Path(folder).is_absolute():
            raise BadValue(
                "folder", folder, "a folder that begins with /; every machine that opens the archive needs it"
            )
        return cls(_with(server, rest), Path(folder) if folder else None, schema)

    def __str__(self) -> str:
        """The address as it may be shown: without the password."""
        return bare(self.written)

    @property
    def written(self) -> str:
        """The whole address, with the password if it has one: not to be shown."""
        own = [("folder", str(self.folder))] if self.folder else []
        own += [("schema", self.schema)] if self.schema != SCHEMA else []
        server, _, query = self.server.partition("?")
        return _with(server, "&".join(filter(None, (query, urlencode(own, safe="/")))))


def is_address(path: object) -> bool:
    """Whether an archive is named by the address of a server rather than by a folder."""
    return isinstance(path, str) and path.partition("://")[0] in _SCHEMES and "://" in path


def bare(address: str) -> str:
    """An address without passwords."""
    server, _, query = address.partition("?")
    scheme, slashes, rest = server.partition("://")
    authority, slash, database = rest.partition("/")
    user, at, host = authority.rpartition("@")
    pairs = [(name, value) for name, value in parse_qsl(query) if name != "password"]
    shown = f"{scheme}{slashes}{user.partition(':')[0]}{at}{host}{slash}{database}"
    return _with(shown, urlencode(pairs, safe="/"))


def _with(server: str, query: str) -> str:
    return f"{server}?{query}" if query else server
