"""What the habits of news pages tell, whatever the line scorer thinks."""

from __future__ import annotations

import pytest


def test_agency_item_with_glued_date(dump):
    """
     date 2031-10-24 KARVIS, October 24. /SARVA/. The sea that used to divide the two shores is becoming a bridge, Minister of Ports Ilo Cho told the assembly.

    "We have asked every harbour to open its books, and every harbour has agreed to do so by the spring," he said.

    According to the minister, the first ferries will sail in May, and the tariff will be published a month before.
    """
    assert dump.words("dateline") == ["KARVIS, October 24. /SARVA/."]
    assert dump.words("furniture") == ["date 2031-10-24"]
    assert [words[:9] for words in dump.words("body")] == ["The sea t", '"We have ', "According"]
    assert dump.best("published") == "2031-10-24"
    assert dump.best("outlet") == "SARVA"


def test_watch_page_with_teasers_printed_twice(dump):
    """
    March 2, 2032Mar 2, 2032
    NAK NAK.example (En)
    Velm Opens Bridge to the Northern Islands
    Date: 03/05/2031 | Source: NAK.example (En) | Read original version at source
    Velm, May 3 (NAK) -- A bridge to the northern islands was opened in Velm on Friday in the presence of the builders.
    The chairman of the island council thanked the builders and said the bridge had been awaited for forty years.
    The builders vowed to finish the second bridge before the end of the coming year. -0-
    www.nak.example (2031.05.03.)
    More From NAK.example (En)
    Velm, March 2 (NAK) -- Teachers of the university of Velm made a new device for measuring the height of the
    March 2, 2032
    Velm, March 2 (NAK) -- Teachers of the university of Velm made a new device for measuring the height of the
    Velm, March 2 (NAK) -- Fishermen of the western coast have brought in the largest catch of this winter and
    March 2, 2032
    Velm, March 2 (NAK) -- Fishermen of the western coast have brought in the largest catch of this winter and
    More Articles
    """
    assert dump.words("title") == ["Velm Opens Bridge to the Northern Islands"]
    assert dump.words("dateline") == ["Velm, May 3 (NAK) --"]
    assert [words[:10] for words in dump.words("body")] == ["A bridge t", "The chairm", "The builde"]
    assert dump.words("body")[-1].endswith("the coming year.")
    assert "-0-" in dump.words("furniture")
    assert dump.fields("published")[0] == ("2031-05-03", "header")
    assert {value for value, _ in dump.fields("published")} == {"2031-05-03"}
    assert dump.best("outlet") == "NAK"


def test_amp_page_of_nobody(dump):
    """
    Link to main version

    412

    Karvis and Velm vowed a lasting fishing truce, Orlu praised the patience of the crews

    Delegates of Karvis and Velm at the second round of talks

    The truce between the fishing crews of Karvis and Velm is a sign that the two shores have grown tired of the quarrel, envoy Mara Orlu said on Saturday.

    “The crews have waited for nine winters, and their patience is worth more than any paper that we sign here today,“ the envoy told her colleague.

    The talks are held in the old customs house, where the second round began on Friday evening.
    """
    assert dump.words("title") == [
        "Karvis and Velm vowed a lasting fishing truce, Orlu praised the patience of the crews"
    ]
    assert len(dump.words("body")) == 3
    assert dump.fields("published") == []
    assert dump.fields("outlet") == []


def test_nothing_after_the_end_mark_is_story(dump):
    """
    KARVIS, May 28 (Yonhap) -- The assembly of Karvis passed the harbour act on Wednesday after a debate of two days.

    The act gives the islands a seat on the harbour board for the first time since the board was founded.
    (END)
    The assembly of Velm will meet next week to talk about the budget of the islands, its speaker announced today.
    """
    assert len(dump.words("body")) == 2
    assert dump.words("furniture")[0] == "(END)"
    assert dump.best("outlet") == "Yonhap"


def test_copyright_line_is_no_date(dump):
    """
    Karvis harbour board meets

    The harbour board of Karvis met behind closed doors and agreed to publish the tariff before the ferries sail again.

    Members of the board said that the tariff would not rise for the crews of small boats, whatever the islands decide.

    © 2031 Karvis Morning. All rights reserved.
    """
    assert dump.fields("published") == []
    assert dump.words("title") == ["Karvis harbour board meets"]


def test_juche_stamp_gives_the_year(dump):
    """
    Velm, June 20 (NAK) -- The council of the islands held a plenary meeting and discussed the work of the coming half year.

    The meeting adopted a decision on the supply of timber to the shipyards of the eastern coast. -0-

    www.nak.example (Juche120.6.20.)
    """
    assert ("2031-06-20", "dateline") in dump.fields("published")
    assert ("2031-06-20", "stamp") in dump.fields("published")


def test_story_that_a_page_prints_twice(dump):
    """
    Karvis opens a second harbour
    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a statement.
    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.
    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a statement.
    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.
    """
    assert [words[:10] for words in dump.words("body")] == ["The second", "It will ta"]


def test_lines_about_advertisements_inside_the_story(dump):
    """
    Karvis opens a second harbour

    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a statement.

    Advertisement - scroll to continue

    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.

    ADVERTISEMENT

    "We have waited for this day since the old pier was closed," the head of the board, Mara Orlu, told reporters.
    """
    assert [words[:10] for words in dump.words("body")] == ["The second", "It will ta", '"We have w']


def test_headlines_below_the_last_sentence_are_none_of_the_story(dump):
    """
    Karvis opens a second harbour

    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a statement.

    It will take in the ferries to the northern islands, which had to share a pier with the boats of the fishermen.

    "We have waited for this day since the old pier was closed," the head of the board, Mara Orlu, told reporters.

    Council of Orlen votes on tolls of the bridge
    Ferry crews of Tolva back at work after a week
    Museum of Karvis shows maps of the old islands
    Fishermen of Hask ask for lower dues in winter
    Three held after a break-in at the port office
    """
    assert len(dump.words("body")) == 3


def test_a_list_that_the_last_sentence_announces_is_the_storys(dump):
    """
    Karvis opens a second harbour

    The second harbour of Karvis was opened on Friday after ten years of work, the board said in a statement.

    It will take in the ferries to the northern islands, and the board names four of them in its statement:

    - the ferry to Orlen, twice a day
    - the ferry to Tolva, once a day
    - the ferry to Lower Hask, on Mondays
    - the ferry to Saint Vell, on market days
    """
    assert "on market days" in dump.words("body")[-1]


@pytest.mark.parametrize(
    "pointer",
    [
        "READ MORE: Old anchor found in the port of Karvis", "Читайте также: В порту нашли старинный якорь",
        "Lire aussi : Une vieille ancre dans le port", "相关阅读：老灯塔迎来新守护人", "اقرأ أيضا: سوق الميناء يفتح ليلا",
        "관련기사: 항구 시장 밤에도 연다", "بیشتر بخوانید: بازار بندر شب‌ها باز است",
    ],
)  # fmt: skip
def test_the_story_goes_on_below_a_line_that_points_elsewhere(read_page, pointer):
    above = "The harbour board of Karvis said on Friday that the new bridge will be opened to all in May of this year."
    below = "The second bridge, its chairman said, will be begun in three years, when the money for it has been found."
    page = read_page(f"Karvis opens its bridge\n\n{above}\n\n{above[:-1]} too.\n\n{pointer}\n\n{below}\n")
    assert page.words("body") == [above, f"{above[:-1]} too.", below]


@pytest.mark.parametrize(
    "owner",
    [
        "© サルバ通信 無断転載を禁じます", "<저작권자(c) 사르바뉴스, 무단 전재-재배포 금지>", "版权所有 萨尔瓦网 未经授权不得转载",
        "При использовании материалов ссылка на газету обязательна.", "تمامی حقوق این سایت محفوظ است.",
        "جميع الحقوق محفوظة لصحيفة الميناء.",
    ],
)  # fmt: skip
def test_owners_words_in_other_languages_are_no_story(read_page, owner):
    above = "The harbour board of Karvis said on Friday that the new bridge will be opened to all in May of this year."
    page = read_page(f"Karvis opens its bridge\n\n{above}\n\n{above[:-1]} too.\n\n{owner}\n")
    assert page.words("body") == [above, f"{above[:-1]} too."]


def test_the_address_of_the_reporter_is_no_story(dump):
    """
    Karvis opens its bridge

    The harbour board of Karvis said on Friday that the new bridge will be opened to all in May of this year.

    The second bridge, its chairman said, will be begun in three years, when the money for it has been found.

    vera.lind@port-gazette.example
    """
    assert [words[:12] for words in dump.words("body")] == ["The harbour ", "The second b"]


def test_the_way_through_the_site_is_no_headline(dump):
    """
    Home > Harbour board > Bridge
    Karvis opens its bridge to the islands

    The harbour board of Karvis said on Friday that the new bridge to the islands will be opened to all in May.
    """
    assert dump.words("title") == ["Karvis opens its bridge to the islands"]
