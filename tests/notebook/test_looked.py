"""Which capture of a page somebody has seen last."""

from __future__ import annotations

from pathlib import Path

from stemma.notebook import Notebook
from stemma.notebook.looked import Looked, look, looked


def test_the_last_look_of_each_reader_is_kept(tmp_path: Path) -> None:
    with Notebook(tmp_path) as notebook:
        assert looked(notebook, "https://x.example/1", "Dana") is None
        look(notebook, "https://x.example/1", "Dana", Looked("dfirst", "2025-11-03T09:00:00Z"))
        look(notebook, "https://x.example/1", "Dana", Looked("dnext", "2025-11-04T09:00:00Z"))
        look(notebook, "https://x.example/1", "", Looked("dfirst", "2025-11-05T09:00:00Z"))
    with Notebook(tmp_path) as notebook:
        assert looked(notebook, "https://x.example/1", "Dana") == Looked("dnext", "2025-11-04T09:00:00Z")
        assert looked(notebook, "https://x.example/1", "") == Looked("dfirst", "2025-11-05T09:00:00Z")
        assert looked(notebook, "https://x.example/2", "Dana") is None
