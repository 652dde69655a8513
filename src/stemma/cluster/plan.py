"""The order of work as Daft queries, each of which writes one part of a folder.

    captures ─► pages ─► mended ─► looked ─► compared
    (id)        (id)     (line)    (key)     (key)          in brackets: what it is partitioned by

Scheduling, queues and shuffles are Daft's; a query is a function of the parts before it, so one that fails is asked
again, and one whose part is whole is not asked at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import daft
from daft import col, lit

from stemma import flow, mending
from stemma.cluster import rows, stages
from stemma.cluster.place import Folder
from stemma.records import Snapshot
from stemma.stage import FULLEST_KEY, Manner

Frame = Any  #: a lazy table of Daft's
_KEY = ("stage", "key")
_STATED = tuple(name for name in rows.CAPTURE if name in Snapshot.__struct_fields__)
_OFFER = ("stage", "item", "packed", "body", "keys")


def parts(manner: Manner) -> list[tuple[str, tuple[str, ...], Callable[[Folder], Frame]]]:
    """Name of each part, what it is made from, and its query."""
    return [
        ("pages", ("captures",), lambda folder: pages(folder, manner)),
        ("mended", ("pages",), mended),
        ("looked", ("pages", "mended"), looked),
        ("compared", ("pages", "mended", "looked"), compared),
    ]


def read(folder: Folder, part: str) -> Frame:
    """A part as a table; of one that has no rows None."""
    paths = folder.paths(part)
    return daft.read_parquet(paths) if paths else None


def pages(folder: Folder, manner: Manner) -> Frame:
    """What each page gives; of several captures of one snapshot one is read, with what is stated of any."""
    found = read(folder, "captures").where(col("problem").is_null())
    others = [name for name in (*_STATED, "payload") if name not in {*rows.DIFFERING, "id"}]
    once = found.groupby("id").agg(
        *(col(name).min() for name in rows.DIFFERING), *(col(name).any_value() for name in others)
    )
    stated = daft.functions.to_struct(**{name: col(name) for name in _STATED})
    given = stages.Reading(manner.way, manner.names).pages(stated, col("payload"))
    return once.select(col("id"), given.alias("given")).select(col("id"), col("given").unnest())


def mended(folder: Folder) -> Frame:
    """What the pages offer instead whose outlets repeat some of their lines."""
    read_pages, worker = read(folder, "pages"), stages.Mending()
    places = _offers(read_pages).where(col("stage") == mending.REPEATS.name).explode("keys")
    lines = places.select(col("keys").alias("key"), col("packed"), col("id"))
    repeated = (
        lines.groupby("key")
        .agg(col("packed").count().alias("n"), col("packed").list_agg().alias("places"))
        .where(col("n") > 1)
        .where(worker.repeated(col("key"), col("places")))
        .select("key")
    )
    have = lines.join(repeated, on="key").groupby("id").agg(col("key").list_agg().alias("keys"))
    anew = worker.offers(col("stated"), col("records"), col("keys")).alias("offers")
    return have.join(read_pages.exclude("offers"), on="id").select(col("id"), anew).where(col("offers").not_null())


def looked(folder: Folder) -> Frame:
    """Of each key that two items or more share: whether these must be compared."""
    offers = _standing(folder)
    packed = _pairs(offers).join(_items(offers).select("item", "packed"), on="item")
    keys = packed.groupby(*_KEY).agg(col("packed").list_agg())
    given = stages.Meeting().looked(col("stage"), col("key"), col("packed"))
    return keys.select(*map(col, _KEY), given.alias("given")).select(*map(col, _KEY), col("given").unnest())


def compared(folder: Folder) -> Frame:
    """What the items give that share a key, where they must be compared."""
    offers = _standing(folder)
    keys = read(folder, "looked").where(col("meets")).select(*_KEY)
    pairs = _exploded(offers).join(keys, on=list(_KEY), how="semi")
    items = pairs.join(_items(offers).select("item", "both"), on="item").groupby(*_KEY).agg(col("both").list_agg())
    given = stages.Meeting().compared(col("stage"), col("key"), col("both"))
    return items.select(*map(col, _KEY), given.alias("records")).where(col("records").not_null())


def _offers(table: Frame) -> Frame:
    """A row an offer."""
    each = table.select(col("id"), col("offers")).explode("offers").where(col("offers").not_null())
    return each.select(col("id"), *(col("offers").get(name).alias(name) for name in _OFFER))


def _standing(folder: Folder) -> Frame:
    """The offers that stand, a row each: those of the pages, of mended ones what they offer instead."""
    own, anew = read(folder, "pages").select("id", "offers"), read(folder, "mended")
    if anew is not None:
        own = own.join(anew.select("id"), on="id", how="anti").concat(anew.select("id", "offers"))
    wanted: Sequence[str] = [each.stage.name for each in flow.meetings() if each.stage.name != mending.REPEATS.name]
    return _offers(own).where(col("stage").is_in(wanted))


def _items(offers: Frame) -> Frame:
    """Items by their hash, each with the smallest of the texts that pages packed for it, and its body."""
    both = (col("packed") + lit(rows.SEPARATOR) + col("body")).alias("both")
    smallest = offers.select(col("item"), both, col("packed")).groupby("item")
    return smallest.agg(col("both").min(), col("packed").min())


def _exploded(offers: Frame) -> Frame:
    pairs = offers.explode("keys").where(col("keys").not_null())
    return pairs.select(col("stage"), col("keys").alias("key"), col("item")).distinct()


def _pairs(offers: Frame) -> Frame:
    """Keys with their items, a row each; without those that have one item, or too many to be compared."""
    pairs = _exploded(offers)
    counted = pairs.groupby(*_KEY).agg(col("item").count().alias("n"))
    many = counted.where((col("n") > 1) & (col("n") <= FULLEST_KEY)).select(*_KEY)
    return pairs.join(many, on=list(_KEY), how="semi")
