"""Looks for a page that reader or annotator cannot bear: inputs are changed so as to reach code not reached yet.

    python -m bench.fuzz [--minutes M] [--findings FOLDER]

Begins with the example pages and small hostile ones. Exit status 1 where something escaped: an exception, a page of
more than ten seconds or a gigabyte, a stretch without a label, evidence that is not in the text. The input that did it
lies in the folder then. Needs atheris (Linux on x86-64, Python 3.11 to 3.13), which ``requirements/dev.txt`` holds.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.hostile_pages import PAGES, capture
from stemma import annotate, flow, read
from stemma.records import Document, Evidence, Mention, Page, Problem, Time

ROOT = Path(__file__).parents[1]
LONGEST = 16_384  #: bytes of an input; what takes more is the business of ``bench.hostile_pages``
SECONDS, MEGABYTES = 10, 1_000  #: of CPU time, and of memory, that one input may take
_CLOCK = (
    6  #: times as long by the clock, before libFuzzer ends an input that hangs: other work of the machine counts there
)
_SMALL = 40  #: size of the hostile pages that are begun with
_FORMS = ("page.html", "page.txt")  #: the first byte of an input chooses


def check(data: bytes) -> None:
    """Read and annotate an input. Raises whatever escapes, and ``AssertionError`` where the records do not hold."""
    found = read.read(capture(_FORMS[data[0] % 2] if data else _FORMS[0], data[1:]))
    assert found, "a page gives text or a problem"
    laid_out = flow.page_of(found)
    if laid_out is None:
        assert all(isinstance(each, Problem) and each.message for each in found)
        return
    check_labels(laid_out)
    for each in annotate.annotate(laid_out):
        if isinstance(each, Mention | Time):
            check_evidence(laid_out.document, each.evidence)


def check_labels(page: Page) -> None:
    """Labels stand in order, never overlap, and hold every character that is no blank."""
    text, at = page.document.text, 0
    for label in page.labels:
        assert at <= label.start < label.end <= len(text), f"the label at {label.start} overlaps or holds nothing"
        assert not text[at : label.start].strip(), f"no label for {text[at : label.start]!r}"
        at = label.end
    assert not text[at:].strip(), f"no label for {text[at:]!r}"


def check_evidence(document: Document, evidence: Evidence) -> None:
    """The words are those of the text."""
    assert evidence.exact == document.text[evidence.start : evidence.end]


def seeds() -> Iterator[bytes]:
    """What is begun with."""
    for path in sorted((ROOT / "examples" / "pages").iterdir()):
        if path.suffix in {".html", ".txt"}:
            yield bytes([path.suffix == ".txt"]) + path.read_bytes()[: LONGEST - 1]
    for name, make in PAGES.items():
        yield bytes([name.endswith(".txt")]) + make(_SMALL)[: LONGEST - 1]


def search(findings: Path, arguments: list[str]) -> None:
    """Be the process that looks; it ends when libFuzzer has used up its arguments, or with the first finding."""
    import atheris  # noqa: PLC0415 - of this process alone

    for name in [each for each in sys.modules if each.partition(".")[0] in {"stemma", "bench"}]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["stemma"]):
        from bench.fuzz import check as instrumented  # noqa: PLC0415 - loaded again, with its counters

    def kept(data: bytes) -> None:
        before = time.process_time()
        try:
            instrumented(data)
            assert time.process_time() - before < SECONDS, "the input takes too long"
        except BaseException:
            (findings / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
            raise

    atheris.Setup([sys.argv[0], *arguments], kept)
    atheris.Fuzz()


def run(minutes: float, findings: Path) -> int:
    """Look for so long; the exit status of the process that did."""
    findings = findings.absolute()
    findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            (Path(corpus) / f"{number:03}").write_bytes(seed)
        command = [
            sys.executable, "-m", "bench.fuzz", "--inside", str(findings), corpus,
            f"-dict={ROOT / 'bench' / 'fuzz.dict'}",
            f"-max_total_time={int(60 * minutes)}", f"-max_len={LONGEST}", f"-timeout={_CLOCK * SECONDS}",
            f"-report_slow_units={_CLOCK * SECONDS}",
            f"-rss_limit_mb={MEGABYTES}", f"-artifact_prefix={findings}/", "-print_final_stats=1", "-verbosity=1",
        ]  # fmt: skip
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    """The command line."""
    if sys.argv[1:2] == ["--inside"]:
        search(Path(sys.argv[2]), sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--findings", type=Path, default=Path("findings"), help="folder for the inputs that escaped")
    asked = parser.parse_args()
    return int(run(asked.minutes, asked.findings) != 0)


if __name__ == "__main__":
    raise SystemExit(main())
