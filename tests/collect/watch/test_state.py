"""What a watch remembers, read beside it."""

from __future__ import annotations

from pathlib import Path

from stemma.collect.watch.state import NAME, State, observed


def test_observations_are_read_while_a_watch_is_at_work(tmp_path: Path) -> None:
    assert observed(tmp_path, "https://x.example/") == []
    with State(tmp_path) as state:
        state.log("https://x.example/", "2025-11-04T09:00:00Z", "the server said 503")
        state.log("https://x.example/", "2025-11-03T09:00:00Z", "new")
        state.log("https://y.example/", "2025-11-03T09:00:00Z", "new")
        state.commit()
        assert observed(tmp_path, "https://x.example/") == [
            ("2025-11-03T09:00:00Z", "new"), ("2025-11-04T09:00:00Z", "the server said 503"),
        ]  # fmt: skip


def test_a_damaged_memory_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database")
    assert observed(tmp_path, "https://x.example/") == []
