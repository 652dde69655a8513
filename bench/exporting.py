"""Cost of exports: pages a CPU second and peak memory of each form, over archives of any size.

    python -m bench.exporting ARCHIVE [ARCHIVE ...] [--form FORM ...]

Each form runs in a process of its own. Memory that does not grow with the archive is that of its caches.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

from stemma.archive import Archive
from stemma.show.exports import FORMS, Asked, exported

_ALL = [form for form in FORMS if form not in {"svg", "gold"}]


def child(path: str, form: str) -> None:
    """Export everything in a form and print what it cost."""
    with Archive.open(path) as archive:
        export = exported(archive, Asked(), next(each for each in FORMS if each == form))
        begun = time.process_time()
        written = sum(map(len, export))
        seconds = time.process_time() - begun
        pages = archive.totals().documents
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"form": form, "pages": pages, "bytes": written, "cpu": seconds, "memory": memory}))


def main() -> None:
    """Print a row for each form and archive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("archives", nargs="+")
    parser.add_argument("--form", action="append", choices=_ALL)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    flags = parser.parse_args()
    if flags.child:
        child(flags.archives[0], flags.child)
        return
    print(f"{'form':10} {'pages':>8} {'pages/CPU s':>12} {'MB written':>11} {'MB memory':>10}")
    for form in flags.form or _ALL:
        for path in flags.archives:
            command = [sys.executable, "-m", "bench.exporting", path, "--child", form]
            row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            rate, size = row["pages"] / row["cpu"], row["bytes"] / 1e6
            print(f"{form:10} {row['pages']:8,} {rate:12,.0f} {size:11.1f} {row['memory']:10.0f}")


if __name__ == "__main__":
    main()
