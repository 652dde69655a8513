"""Direct quotations and said-clauses in languages that are not analysed."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from stemma.annotate.statements import statements
from stemma.annotate.statements.foreign import tongue
from stemma.records import Field, Page, evidence

MakePage = Callable[[str], Page]
MOST_SECONDS = 5.0  #: for 100,000 characters on a slow machine


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


def in_language(page: Page, language: str) -> Page:
    return page._replace(fields=(Field(document=page.document.id, name="language", value=language, basis="words"),))


@pytest.mark.parametrize(
    ("language", "text", "triple"),
    [
        ("fr", "« Le pont est ouvert », a déclaré lundi le maire Oru Tamm.", ("le maire Oru Tamm", "a déclaré", ["« Le pont est ouvert »"])),
        ("fr", "Le maire Oru Tamm a dit : « Le pont est ouvert. »", ("Le maire Oru Tamm", "a dit", ["« Le pont est ouvert. »"])),
        ("fr", "« Le pont est ouvert », a-t-il ajouté.", ("il", "ajouté", ["« Le pont est ouvert »"])),
        ("fr", "« Nous restons », a dit Mara Orlu, « et le pont aussi ».", ("Mara Orlu", "a dit", ["« Nous restons »", "« et le pont aussi »"])),
        ("de", "„Die Brücke ist offen“, sagte Bürgermeister Oru Tamm am Montag.", ("Bürgermeister Oru Tamm", "sagte", ["„Die Brücke ist offen“"])),
        ("de", "Am Montag erklärte Oru Tamm: „Wir bleiben.“", ("Oru Tamm", "erklärte", ["„Wir bleiben.“"])),
        ("de", "»Wir bleiben«, so die Ministerin Mara Orlu.", ("die Ministerin Mara Orlu", "so", ["»Wir bleiben«"])),
        ("de", "„Wir bleiben“, sagte Tamm. „Die Brücke auch.“", ("Tamm", "sagte", ["„Wir bleiben“", "„Die Brücke auch.“"])),
        ("es", "«El puente está abierto», dijo el alcalde Oru Tamm.", ("el alcalde Oru Tamm", "dijo", ["«El puente está abierto»"])),
        ("es", "El alcalde Oru Tamm declaró ayer: “Nos quedamos”.", ("El alcalde Oru Tamm", "declaró", ["“Nos quedamos”"])),
        ("ar", "قال العمدة أورو تام: «الجسر مفتوح».", ("العمدة أورو تام", "قال", ["«الجسر مفتوح»"])),
        ("ar", "«الجسر مفتوح»، بحسب العمدة أورو تام.", ("العمدة أورو تام", "بحسب", ["«الجسر مفتوح»"])),
        ("fa", "شهردار اورو تام گفت: «پل باز است.»", ("شهردار اورو تام", "گفت", ["«پل باز است.»"])),
        ("fa", "وزیر مارا اورلو روز دوشنبه تأکید کرد که «پل باز است».", ("وزیر مارا اورلو", "تأکید کرد", ["«پل باز است»"])),
        ("ja", "24日、オルル大臣は記者団に「橋は閉じない」と語った。", ("オルル大臣", "語った", ["「橋は閉じない」"])),
        ("zh", "“桥已经开了，”市长奥鲁说。人们很高兴。", ("市长奥鲁", "说", ["“桥已经开了，”"])),
        ("ko", "탐 장관은 “우리는 남는다”며 “다리도 남는다”고 강조했다.", ("탐 장관", "강조했다", ["“우리는 남는다”", "“다리도 남는다”"])),
    ],
)  # fmt: skip
def test_quotations_with_their_speaker(
    make_page: MakePage, language: str, text: str, triple: tuple[str, str, list[str]]
) -> None:
    (found,) = statements(in_language(make_page(text), language), (), ())
    assert (found.source[0].exact, found.cue[0].exact, [p.exact for p in found.content]) == triple
    assert found.kind == "direct"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le livre « Le Cahier bleu » est dans l'armoire."),
        ("fr", "Il a parlé de « l'affaire » sans rien dire du pont."),
        ("fr", "Le maire a dit que le pont était ouvert."),
        ("de", "Das Buch „Das blaue Heft“ liegt im Schrank."),
        ("de", "„Wir bleiben“, sagte Tamm nicht."),
        ("es", "Según Tamm, el «puente azul» está abierto."),
        ("ar", "كتاب «الدفتر الأزرق» في الخزانة."),
        ("fa", "کتاب «دفتر آبی» در کمد است."),
        ("ja", "「青い手帳」という本が棚にある。"),
        ("zh", "“桥”这本小说很好，很多人看过。"),
        ("ko", "“다리”라는 책을 읽었다고 말했다."),
        ("it", "«Il ponte è aperto», ha detto il sindaco Oru Tamm."),
        ("uk", "«Міст відкрито», — сказав Ору Тамм."),
        ("ur", "میئر نے کہا: «پل کھلا ہے»"),
    ],
)
def test_nothing_is_invented(make_page: MakePage, language: str, text: str) -> None:
    assert statements(in_language(make_page(text), language), (), ()) == ()


def test_an_english_paragraph_of_a_foreign_page_is_read(make_page: MakePage) -> None:
    page = in_language(make_page("“The bridge of the town is open,” said Oru Tamm of the council."), "de")
    assert [each.cue[0].exact for each in statements(page, (), ())] == ["said"]


def test_a_block_is_read_in_its_language(make_page: MakePage) -> None:
    text = "The mayor came.\n„Wir bleiben“, sagte Oru Tamm."
    page = make_page(text)
    block = Field(
        document=page.document.id,
        name="language",
        value="de",
        basis="block",
        evidence=evidence(page.document, 16, len(text)),
    )
    page = in_language(page, "en")
    assert [each.source[0].exact for each in statements(page._replace(fields=(*page.fields, block)), (), ())] == [
        "Oru Tamm"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [("The bridge is open.", None), ("Мост открыт.", "ru"), ("Le pont “Été” est ouvert.", None), ("The word мост is short.", None)],
)  # fmt: skip
def test_tongue(text: str, name: str | None) -> None:
    assert tongue(text, 0, len(text)) == name


def test_cost_grows_with_length(make_page: MakePage) -> None:
    text = "«а», — сказал Т " * 5_000
    assert len(triples(make_page(text))) < len(text)


@pytest.mark.parametrize("language", ["ar", "de", "es", "fa", "fr", "ja", "ko", "zh"])
@pytest.mark.parametrize(
    "line", ["„a“ « b » «", "le maire de la ville " * 40, "“那”说：", "オルは「橋」", "قال الوزير "]
)
def test_hostile_lines_end(make_page: MakePage, language: str, line: str) -> None:
    text = (line * 100_000)[:100_000]
    before = process_time()
    statements(in_language(make_page(text), language), (), ())
    assert process_time() - before < MOST_SECONDS
