"""What a statement's face shows: the function of the server and that of Python say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.archive.faces import shows_or_not
from stemma.archive.store.databases import open_store

_TOKENS = ["S1", "S1a", "C1", "A2", "A=harbour_committee", "A=harbour", "P=north_shore", "P=shore", "K"]
_LINE = st.lists(st.sampled_from(_TOKENS), max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def server(postgres, tmp_path_factory):
    opened = open_store(postgres.address(tmp_path_factory.mktemp("faces")), create=True)
    yield opened
    opened.close()


@given(st.lists(_LINE, min_size=1, max_size=4), st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=3))
def test_the_same_is_shown(server, lines, wanted):
    told = [f"{n:x} {line or '-'}" if n == 0 or line else f"{n:x}" for n, line in enumerate(lines)]
    body, asked = "\n".join(told), " ".join(wanted)
    for n in range(len(lines)):
        (found,) = server.one("SELECT stemma_shows(?, ?, ?)", body, n, asked)
        assert bool(found) == shows_or_not(body, n, asked)


def test_of_no_face_nothing(server):
    assert not server.one("SELECT stemma_shows(NULL, 0, 'S1')")[0]
