"""Daft, on this machine or on a Ray cluster, without a word to anybody else."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from stemma import flow
from stemma.cluster.place import Folder
from stemma.errors import NeedsExtra, StemmaError
from stemma.stage import Manner

#: What Daft, Ray and the pixel services that they ask obey when told to report nothing. Set before they are loaded.
_SILENCE = {
    "DAFT_ANALYTICS_ENABLED": "0", "DO_NOT_TRACK": "true", "SCARF_NO_ANALYTICS": "true",
    "RAY_USAGE_STATS_ENABLED": "0", "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
}  # fmt: skip
_TRIES = 3  #: of one query: a node that is lost takes what it held with it, and the parts before lie in the folder
_LOOPBACK = "127."  #: a cluster on one machine: Ray would look for its node under the address of the network
_LOG = logging.getLogger(__name__)


class WorkFailed(StemmaError):
    """The engine gave up."""

    def __init__(self, part: str, why: object) -> None:
        super().__init__(f"the engine could not make {part!r}: {why}. What is made stays; the same command goes on")


def silence() -> None:
    """Let no library report that it is used."""
    os.environ.update(_SILENCE)


def start(ray: str | None, workers: int | None = None) -> None:
    """Start Daft here with so many threads, or on the Ray cluster at this address.

    Raises ``NeedsExtra`` where they are not installed.
    """
    silence()
    try:
        import daft  # noqa: PLC0415 - an extra

        if ray:
            import ray as cluster  # noqa: PLC0415 - the same

            if not cluster.is_initialized():
                quiet = {"env_vars": _SILENCE}
                host = ray.rpartition(":")[0]
                own = {"_node_ip_address": host} if host.startswith(_LOOPBACK) else {}
                cluster.init(address=ray, runtime_env=quiet, log_to_driver=False, logging_level="ERROR", **own)
            daft.set_runner_ray(noop_if_initialized=True)
        else:
            daft.set_runner_native(workers)
    except ImportError:
        raise NeedsExtra("cluster", "other engines") from None


def work(folder: Folder, manner: Manner, told: Callable[[str], object] = _LOG.info) -> None:
    """Make all parts of a folder that has captures; those that are whole already stay. Raises ``WorkFailed``."""
    from stemma.cluster import plan  # noqa: PLC0415 - loads Daft, which must be told to be silent before

    runs = " ".join(run.id for some in flow.runs_in_force(manner) for run in some)
    for part, sources, query in plan.parts(manner):
        source = f"{folder.digest(*sources)} {runs}"
        if part not in folder.made or folder.made[part].source != source:
            told(part)
            folder.put(part, _made(part, folder, query), source)


def _made(part: str, folder: Folder, query: Callable[[Folder], Any]) -> list[str]:
    """The files of a part, from a query that is asked again where it fails. Raises ``WorkFailed``."""
    for left in reversed(range(_TRIES)):
        try:
            written = query(folder).write_parquet(folder.path(part), write_mode="overwrite", compression="zstd")
            return [str(path) for path in written.to_pydict()["path"]]
        except Exception as error:  # engines raise errors of many types
            if not left:
                raise WorkFailed(part, error) from error
            _LOG.warning("%s failed (%s); asked again", part, error)
    raise AssertionError
