"""Parquet read by a program of its own, which may take so much memory and time and no more.

The library reads the format in C++, and files are anybody's: whatever it does with a bad one, this process goes on.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from io import BufferedReader
from threading import Thread, Timer
from typing import Any

import msgspec

from stemma.child.process import end_with
from stemma.collect.source import Source

_MEMORY = 2 * 2**30  #: bytes of address space; the library maps more than it uses
_SILENCE = 60.0  #: seconds without a row after which it is stopped
_ROWS = 64  #: rows read at a time
_MISSING = 3  #: exit status where the library is not installed
_ROW = msgspec.json.Decoder(dict[str, Any])


def rows(source: Source, columns: list[str]) -> Iterator[dict[str, object]]:
    """The rows of a file, those columns of them that it has; the first names all. Raises ``OSError``."""
    if source.packed or not source.file.seekable():
        raise OSError("a Parquet file is read only as it is: unpack it and add it by itself")
    command = [sys.executable, "-m", __name__, *columns]
    with subprocess.Popen(  # noqa: S603 - our own program; the names of columns are its arguments
        command, stdin=source.file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as reader:
        assert isinstance(reader.stdout, BufferedReader)
        try:
            for line in _lines(reader):
                yield _ROW.decode(line)
        finally:
            reader.kill()
    if reader.returncode == _MISSING:
        raise OSError("Parquet needs a library that is not installed: pip install 'stemma-archive[tables]'")
    if reader.returncode:
        raise OSError("it is no Parquet file, damaged, or takes too much memory or time")


def _lines(reader: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the reader writes; it is killed where nothing comes for too long."""
    assert reader.stdout
    while True:
        watch = Timer(_SILENCE, reader.kill)
        watch.start()
        line = reader.stdout.readline()
        watch.cancel()
        if not line:
            reader.wait()
            return
        yield line


def _write(columns: list[str]) -> int:
    """Write the rows of the file on standard input as lines of JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    Thread(target=end_with, args=(sys.stdout.fileno(),), daemon=True).start()
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError:
        return _MISSING
    with parquet.ParquetFile(sys.stdin.buffer) as file:
        held = file.schema_arrow.names
        wanted = [name for name in columns if name in held]
        if not wanted:
            sys.stdout.write(json.dumps(dict.fromkeys(held)) + "\n")
        for batch in file.iter_batches(batch_size=_ROWS, columns=wanted) if wanted else ():
            for row in batch.to_pylist():
                sys.stdout.write(json.dumps(row, default=str) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(_write(sys.argv[1:]))
