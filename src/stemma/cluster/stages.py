"""The two shapes of work as Daft maps: captures through ``Each``, keys with their items through ``Group``.

Each class is one worker of Daft's: what a stage loads is loaded once. What goes wrong with one row is a Problem in its
place, so it costs no other row; pages go through the engine's own worker, with its bounds of time and memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, get_type_hints

import daft
import msgspec
import pyarrow as pa
from daft import DataType

from stemma import engine, flow, mending, portions, settling
from stemma.archive.repeats import labelled
from stemma.cluster import rows
from stemma.records import Capture, Label, Snapshot, decode
from stemma.stage import Manner

_PAGES = 64  #: captures that travel together, some megabytes
_KEYS = 512  #: keys that travel together
_LOOKED = pa.struct([("items", pa.string()), ("until", pa.int64()), ("meets", pa.bool_())])


def _typed(kind: Any) -> DataType:  # noqa: ANN401 - pyarrow's
    return DataType.from_arrow_type(kind)


@daft.cls(use_process=False)
class Reading:
    """Pages: all that each capture gives by itself."""

    def __init__(self, way: str, names: str) -> None:
        self._stage = flow.stage_of_pages(Manner("rules" if way == "rules" else "network", names))
        self._workers: list[engine.Standing[Capture]] = []  # Daft asks one instance from several threads at once

    @daft.method.batch(return_dtype=_typed(rows.type_of_pages()), batch_size=_PAGES)
    def pages(self, stated: Any, payload: Any) -> Any:  # noqa: ANN401 - series of Daft's
        """What pages gave, by what is stated of each and its bytes."""
        both = zip(stated.to_pylist(), payload.to_pylist(), strict=True)
        captures = [Capture(Snapshot(**each), content) for each, content in both]
        try:
            worker = self._workers.pop()
        except IndexError:  # all that there are, are at work
            worker = engine.Standing(self._stage)
        found = [rows.page_row(capture, each) for capture, each in worker.each(captures)]
        self._workers.append(worker)
        return pa.array(found, type=rows.type_of_pages())


@daft.cls(use_process=False)
class Mending:
    """Lines that outlets repeat: which they are, and what the pages that have them offer then."""

    @daft.method.batch(return_dtype=DataType.bool(), batch_size=_KEYS)
    def repeated(self, key: Any, packed: Any) -> Any:  # noqa: ANN401 - series of Daft's; one worker
        """Whether a line is repeated, by what the pages say that have it."""
        both = zip(key.to_pylist(), packed.to_pylist(), strict=True)
        return [bool(mending.decide(each, sorted(places))) for each, places in both]

    @daft.method.batch(return_dtype=_typed(rows.type_of_offers()), batch_size=_PAGES)
    def offers(self, stated: Any, records: Any, keys: Any) -> Any:  # noqa: ANN401 - the same
        """What a page offers when these of its lines are repeated; null where that changes nothing."""
        all_three = zip(stated.to_pylist(), records.to_pylist(), keys.to_pylist(), strict=True)
        return pa.array([_offered_anew(*each) for each in all_three], type=rows.type_of_offers())


def _offered_anew(stated: bytes, lines: bytes, keys: Sequence[str]) -> list[rows.Row] | None:
    found = rows.records_of(lines)
    page, snapshot = flow.page_of(found), decode(stated)
    assert page
    assert isinstance(snapshot, Snapshot)
    labels = [each for each in mending.labels(page, set(keys)) if isinstance(each, Label)]
    if not labels:
        return None
    shown, left = labelled(page.document, found, labels)
    return rows.offer_rows(flow.offered(Capture(snapshot, b""), shown, left), shown)


@daft.cls(use_process=False)
class Meeting:
    """Keys: what the items give that share one."""

    @daft.method.batch(return_dtype=_typed(_LOOKED), batch_size=_KEYS)
    def looked(self, stage: Any, key: Any, packed: Any) -> Any:  # noqa: ANN401 - series of Daft's
        """A digest of a key's items, how many it needs to give anything, and whether these must be compared."""
        all_three = zip(stage.to_pylist(), key.to_pylist(), packed.to_pylist(), strict=True)
        return pa.array([_looked(*each) for each in all_three], type=_LOOKED)

    @daft.method.batch(return_dtype=_typed(pa.large_binary()), batch_size=_KEYS)
    def compared(self, stage: Any, key: Any, items: Any) -> Any:  # noqa: ANN401 - series of Daft's
        """What the items of a key give, as JSON lines; null where it must be asked where they are loaded."""
        all_three = zip(stage.to_pylist(), key.to_pylist(), items.to_pylist(), strict=True)
        return pa.array([_compared(*each) for each in all_three], type=pa.large_binary())


def _looked(stage: str, key: str, packed: list[str]) -> dict[str, Any]:
    packed.sort()
    meeting = _meetings()[stage]
    until = meeting.idle(packed)
    meets = not until and len(packed) > 1 and len(meeting.telling(packed, key)) > 1
    return {"items": rows.digest_of(packed), "until": until, "meets": meets}


def _compared(stage: str, key: str, items: list[str]) -> bytes | None:
    rebuild = _rebuilding(stage)
    if rebuild is None:
        return None
    found = [rebuild(None, body) for _, _, body in sorted(each.partition(rows.SEPARATOR) for each in items)]
    group = _meetings()[stage].stage
    try:
        return rows.lines_of(engine.guarded(group, key, group.function, found, key))
    except ValueError:  # half a character
        return None


@cache
def _meetings() -> dict[str, settling.Meeting[Any]]:
    return {meeting.stage.name: meeting for meeting in flow.meetings()}


@cache
def _rebuilding(stage: str) -> Callable[[None, str], object] | None:
    """How items of a stage are read again; None for a plug-in that does not say of what type they are."""
    meeting = _meetings()[stage]
    kind = get_type_hints(meeting.rebuild).get("return")
    if kind is None:
        return None
    decoder = msgspec.json.Decoder(kind)

    def read(_: None, body: str) -> object:
        return decoder.decode(body)

    return portions.holding(read, meeting.held)
