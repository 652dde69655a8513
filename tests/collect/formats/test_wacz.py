"""WACZ: the web archives in a ZIP, and nothing else of it."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tests.collect.formats.conftest import told


def test_the_records_of_a_wacz_and_not_its_lists(archive, taken):
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("datapackage.json", "{}")
        file.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n{"url": "https://dornpost.example/0"}\n')
        file.writestr("../archive/evil.warc.gz", archive.held)
        file.writestr(f"archive/{archive.name}", archive.held)
    found = told(taken(held.getvalue(), "saved.wacz"))
    assert found[1:] == [f"https://dornpost.example/{number}" for number in range(6)]
    assert "leads out of the archive" in found[0]
