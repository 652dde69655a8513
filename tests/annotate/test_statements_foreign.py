"""Direct quotations and said-clauses in languages that are not analysed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stemma.annotate.statements import statements
from stemma.annotate.statements.foreign import tongue
from stemma.records import Page

MakePage = Callable[[str], Page]


def triples(page: Page) -> list[tuple[str, str, list[str]]]:
    return [(s.source[0].exact, s.cue[0].exact, [p.exact for p in s.content]) for s in statements(page, (), ())]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("«Мост открыт», — сказал Ору Тамм на берегу.", ("Ору Тамм", "сказал", ["«Мост открыт»"])),
        ("Ору Тамм заявил: «Мост открыт».", ("Ору Тамм", "заявил", ["«Мост открыт»"])),
        ("По словам мэра, мост открыт.", ("мэра", "По словам", ["мост открыт"])),
        ("Он добавил, что мост открыт.", ("Он", "добавил", ["что мост открыт"])),
        ("«Мы пришли, — сказал Тамм. — И останемся».", ("Тамм", "сказал", ["«Мы пришли,", "И останемся»"])),
        ("오루 시장은 “다리가 열렸다”고 말했다.", ("오루 시장", "말했다", ["“다리가 열렸다”"])),
        ("市长奥鲁说：“桥已经开了。”", ("市长奥鲁", "说", ["“桥已经开了。”"])),
    ],
)
def test_said_clauses(make_page: MakePage, text: str, triple: tuple[str, str, list[str]]) -> None:
    assert triples(make_page(text)) == [triple]


@pytest.mark.parametrize(
    "text",
    ["Книга «Синяя тетрадь» лежит в шкафу.", "„Die Brücke ist offen.“", "Il a parlé du pont.", "다리가 열렸다."],
)
def test_nothing_is_guessed(make_page: MakePage, text: str) -> None:
    assert triples(make_page(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("The bridge is open.", None), ("Мост открыт.", "ru"), ("Le pont “Été” est ouvert.", None), ("The word мост is short.", None)],
)  # fmt: skip
def test_tongue(text: str, name: str | None) -> None:
    assert tongue(text, 0, len(text)) == name


def test_cost_grows_with_length(make_page: MakePage) -> None:
    text = "«а», — сказал Т " * 5_000
    assert len(triples(make_page(text))) < len(text)
