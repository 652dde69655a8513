"""A folder of Parquet files, on this machine or in an object store, and the list of what in it is whole.

Engines may leave files of tasks that were broken off. What counts is what ``made.json`` names: of each part its files,
and a digest of what it was made from, by which the next run tells that it need not be made again.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from stemma.errors import BadValue, NeedsExtra

_MADE = "made.json"
_S3 = "s3://"  #: of stores that speak as Amazon's does; $AWS_ENDPOINT_URL names another one than that
_AT_ONCE = 256  #: rows read at a time, of some 50 kB each


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a folder that is whole."""

    files: tuple[str, ...]  #: names within the folder
    source: str = ""  #: digest of what it was made from


class Folder:
    """A folder of parts, each some Parquet files. Raises ``NeedsExtra`` where pyarrow is not there."""

    def __init__(self, address: str) -> None:
        self.address = address if "://" in address else str(Path(address).resolve())
        self._system, self._root = _system_of(self.address)

    def path(self, part: str) -> str:
        """Where the files of a part lie, as engines are told."""
        return f"{self.address.rstrip('/')}/{part}"

    def paths(self, part: str) -> list[str]:
        """The files of a whole part, as engines are told. Raises ``BadValue`` where it is not whole."""
        if part not in self.made:
            raise BadValue("folder", self.address, f"one that `stemma add --engine` made; it has no {part}")
        return [f"{self.address.rstrip('/')}/{name}" for name in self.made[part].files]

    @cached_property
    def made(self) -> dict[str, Part]:
        """The whole parts by name."""
        try:
            with self._system.open_input_stream(self._inside(_MADE)) as file:
                return msgspec.json.decode(file.read(), type=dict[str, Part])
        except (FileNotFoundError, msgspec.MsgspecError):
            return {}

    def put(self, part: str, files: Iterable[str], source: str = "") -> None:
        """Let a part be whole: these files, by name or by address, made from that."""
        names = sorted({posixpath.join(part, posixpath.basename(each)) for each in files})
        self.made[part] = Part(files=tuple(names), source=source)
        self._system.create_dir(self._inside(""), recursive=True)
        with self._system.open_output_stream(self._inside(_MADE)) as file:
            file.write(msgspec.json.encode(self.made))

    def digest(self, *parts: str) -> str:
        """What these parts are made of, as one digest."""
        known = [(part, self.made[part]) for part in parts if part in self.made]
        return blake2b(msgspec.json.encode(known), digest_size=16).hexdigest()

    def write(self, part: str, rows: Sequence[dict[str, Any]], schema: Any) -> str:  # noqa: ANN401 - pyarrow's
        """Write a file of these rows; its name follows from them, so that who writes them again writes it again."""
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - the same

        name = blake2b("\0".join(str(row["id"]) for row in rows).encode(), digest_size=12).hexdigest() + ".parquet"
        self._system.create_dir(self._inside(part), recursive=True)
        with self._system.open_output_stream(self._inside(f"{part}/{name}")) as file:
            parquet.write_table(pa.Table.from_pylist(rows, schema=schema), file, compression="zstd")
        return name

    def rows(self, part: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of a part that is whole, one after the other; of one that is not, none."""
        from pyarrow import parquet  # noqa: PLC0415 - an extra

        for name in self.made[part].files if part in self.made else ():
            with self._system.open_input_file(self._inside(name)) as file:
                for batch in parquet.ParquetFile(file).iter_batches(_AT_ONCE, columns=columns):
                    yield from batch.to_pylist()

    def _inside(self, name: str) -> str:
        return posixpath.join(self._root, name) if name else self._root


def _system_of(address: str) -> tuple[Any, str]:
    """The file system of an address and the path there: one that Arrow knows, else one that fsspec knows."""
    try:
        from pyarrow import fs  # noqa: PLC0415 - an extra
    except ImportError:
        raise NeedsExtra("cluster", "folders of Parquet") from None
    try:
        if address.startswith(_S3) and (server := os.environ.get("AWS_ENDPOINT_URL")):
            return fs.S3FileSystem(endpoint_override=server, force_virtual_addressing=False), address[len(_S3) :]
        return fs.FileSystem.from_uri(address)  # type: ignore[no-any-return]
    except (ValueError, NotImplementedError) as error:
        if "://" not in address:
            raise BadValue("folder", address, "a folder, or the address of one") from error
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise BadValue("folder", address, f"the address of a folder ({error})") from error
    return fs.PyFileSystem(fs.FSSpecHandler(system)), path
