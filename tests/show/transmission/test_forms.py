"""Which utterances leave, in which form."""

from __future__ import annotations

import pytest

from stemma.archive.views import Utterance
from stemma.errors import BadValue
from stemma.show.transmission.forms import FORMS, MEDIA, rendered
from stemma.show.transmission.sharing import Sharing, sharing, xml_safe
from tests.show.transmission.conftest import Few


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_media_type_and_bytes(bond: Utterance, form) -> None:
    assert MEDIA[form]
    rendered(form, [(bond, Sharing())]).decode()


@pytest.mark.parametrize("form", [form for form in FORMS if form != "svg"])
def test_no_utterance_gives_an_empty_file_of_the_form(form) -> None:
    assert rendered(form, []).decode()


def test_one_picture_shows_one_utterance(bond: Utterance) -> None:
    with pytest.raises(BadValue, match="one utterance"):
        rendered("svg", [(bond, Sharing()), (bond, Sharing())])
    with pytest.raises(BadValue, match="one utterance"):
        rendered("tei", [], "S1")


def test_what_may_leave(bond: Utterance) -> None:
    document = bond.lines[0].statement.document
    pages = Few(bond, document)
    assert sharing(pages, bond) == Sharing(reserved=frozenset({document}))
    assert sharing(pages, bond, bodies=True, reserved=True) == Sharing(None, frozenset())


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert xml_safe("a\x00b\ufffec\ud800d\x1b\n") == "a\ufffdb\ufffdc\ufffdd\ufffd\n"
