"""Lay the witnesses of the most carried utterance side by side and print each place where two of them differ."""

from pathlib import Path
from tempfile import TemporaryDirectory

import stemma

PAGES = Path(__file__).parent / "pages"

with TemporaryDirectory() as folder:
    stemma.add(f"{folder}/archive.stemma", [str(PAGES)])
    with stemma.open(f"{folder}/archive.stemma") as archive:
        for utterance in archive.utterances(1):
            for line in utterance.lines:
                print(line.published or "date not known", line.outlet or "outlet not known", sep="  ")
            for variant in utterance.variants:
                for edit in variant.edits:
                    left = variant.left.exact[slice(*edit.left)]
                    right = variant.right.exact[slice(*edit.right)]
                    print(f"{edit.kind}: {left!r} -> {right!r}")
