"""Proof that an archive is as it was written: every byte of every file, every record, every index.

``check`` looks at the archive alone; ``manifest`` writes down what it holds, so that it can be proved later.
"""

from stemma.archive.proof.check import PARTS, Progress, check
from stemma.archive.proof.manifest import signature
from stemma.archive.proof.manifest.comparing import Outcome, compare
from stemma.archive.proof.manifest.state import manifest
from stemma.archive.proof.pages.documents import Offered
from stemma.archive.proof.telling import told
from stemma.archive.store.store import DATABASE

__all__ = ["DATABASE", "PARTS", "Offered", "Outcome", "Progress", "check", "compare", "manifest", "signature", "told"]
