"""Layouts of news agencies and newspapers: small invented pages in the forms that an archive meets."""

from __future__ import annotations


def test_party_paper_with_full_width_digits(dump):
    """
    로동신문
    ２０３１년 ５월 ３일 토요일
    정치
    경제
    문화

    카르비스항만의 일군들 새 배길을 돌아보았다

    항만의 일군들이 금요일 북쪽섬으로 가는 새 배길을 돌아보고 건설자들을 만나 담화를 나누었다.

    일군들은 봄이 오기 전에 새 배길의 공사를 끝낼데 대하여 강조하였다.

    건설자들은 다음해에 두번째 다리를 완공할것을 결의하였다.
    """
    assert dump.words("title") == ["카르비스항만의 일군들 새 배길을 돌아보았다"]
    assert dump.best("outlet") == "Rodong Sinmun"
    assert dump.best("published") == "2031-05-03"
    assert dump.best("language") == "ko"


def test_english_page_with_full_width_letters_and_digits(dump):
    """
    Karvis Harbour Daily
    Home
    Politics
    Economy

    Officials Look Round New Bridge to Islands
    Ｍａｙ．３，２０３１

    Officials of the harbour looked round the new bridge to the northern islands on Friday and met its builders.

    They stressed that the second bridge must be finished before the end of the coming year.
    """
    assert dump.words("title") == ["Officials Look Round New Bridge to Islands"]
    assert dump.fields("outlet") == [("Karvis Harbour Daily", "masthead")]
    assert dump.best("published") == "2031-05-03"


def test_source_day_and_editor_in_one_line(dump):
    """
    Karvis, Velm sign agreement on ferries
    Source: Xinhua | 2031-05-03 09:12:31 | Editor: somebody

    KARVIS, May 3 (Xinhua) -- Karvis and Velm signed an agreement on the ferries to the northern islands here on Friday.

    Both sides said that the tariff would not rise for the crews of small boats in the coming year. Enditem
    """
    assert dump.words("title") == ["Karvis, Velm sign agreement on ferries"]
    assert dump.fields("published")[0] == ("2031-05-03", "header")
    assert {value for value, _ in dump.fields("outlet")} == {"Xinhua"}
    assert dump.words("dateline") == ["KARVIS, May 3 (Xinhua) --"]


def test_section_clock_and_day_are_no_headline(dump):
    """
    (2nd LD) Islands ask for second ferry
    All News 11:02 May 3, 2031

    By Mara Orlu

    VELM, May 3 (Yonhap) -- The council of the northern islands has asked the harbour board for a second ferry.

    Its letter was handed over on Friday, the council said in a statement to the press.
    (END)
    """
    assert dump.words("title") == ["(2nd LD) Islands ask for second ferry"]
    assert dump.words("byline") == ["By Mara Orlu"]
    assert dump.fields("published")[0] == ("2031-05-03", "header")


def test_place_that_stands_alone_above_the_story(dump):
    """
    World
    Politics
    Second ferry sails to northern islands

    Vessel to double number of crossings, says minister

    Mara Orlu  | 03.05.2031 - Update : 04.05.2031

    KARVIS

    The second ferry sailed from Karvis to the northern islands on Saturday, the country's transport ministry said.

    Its captain told reporters that the sea had been calm and that the crossing had taken two hours and a half.

    Anadolu Agency website contains only a portion of the news stories offered to subscribers of its broadcasting system.
    Related topics
    Karvis
    """
    assert dump.words("title") == ["Second ferry sails to northern islands"]
    assert dump.words("dateline") == ["KARVIS"]
    assert dump.best("published") == "2031-05-03"
    assert dump.best("outlet") == "Anadolu"
    assert not any("portion of the news" in words for words in dump.words("body"))


def test_consent_text_is_no_story(dump):
    """
    We use cookies to personalise content and to analyse our traffic. Read our policy before you go on.
    Accept
    The fact of registration and authorization of users on our websites means that they accept these rules.
    Users are obliged to abide by national and international laws and to speak respectfully to the other participants.
    The websites' administration has the right to delete comments that are written in another language than the page.
    Lighthouse International
    https://lighthouse.example
    Orlu: Second Ferry Reaches Islands
    Orlu: Second Ferry Reaches Islands
    2031-05-03T09:14+0000
    2031-05-03T09:20+0000
    KARVIS (Lighthouse) - The second ferry has reached the northern islands with forty people on board, Orlu said on Saturday.
    The minister added that a third vessel would be ready before the end of the coming year.
    """
    assert dump.words("title") == ["Orlu: Second Ferry Reaches Islands"]
    assert dump.words("dateline") == ["KARVIS (Lighthouse) -"]
    assert next(words[:10] for words in dump.words("body")) == "The second"
    assert not any("cookies" in words or "Users" in words for words in dump.words("body"))
    assert dump.best("outlet") == "Lighthouse"
    assert dump.best("published") == "2031-05-03"


def test_full_text_of_a_feed(dump):
    """
    Islands ask harbour board for a second ferry
    https://post.example/news/2031/05/03/ferry.html
    Sat, 03 May 2031 10:12:00 +0000

    The council of the northern islands has asked the harbour board for a second ferry, its speaker said on Saturday.
    The board will answer the letter in June, according to the secretary of the board.
    The post Islands ask harbour board for a second ferry appeared first on Karvis Evening Post.
    """
    assert dump.words("title") == ["Islands ask harbour board for a second ferry"]
    assert dump.fields("outlet") == [("Karvis Evening Post", "stamp")]
    assert dump.best("published") == "2031-05-03"
    assert not any("appeared first" in words for words in dump.words("body"))


def test_hard_wrapped_bulletin(dump):
    """
    ISLAND PILOTS BULLETIN                                         No. 12
    Karvis, 6 May 2031

    PILOTS ASK FOR THE OLD LAMP BACK

    KARVIS, May 6 (IPA) -- The pilots of the islands want the lamp on the
    old signal tower to be lit again, their association said on Tuesday
    after a meeting that lasted until the last ferry of the day had gone.

       "A lamp is cheaper than a ferry and it never needs a crew," said
    the chairman of the association, who took ships through the islands
    for nineteen years and still keeps the keys of the tower.

                                  -30-
    """
    assert dump.words("title") == ["PILOTS ASK FOR THE OLD LAMP BACK"]
    assert dump.fields("outlet")[0] == ("Island Pilots Bulletin", "masthead")
    assert dump.best("published") == "2031-05-06"
    assert len(dump.words("body")) == 2
    assert "-30-" in dump.words("furniture")


def test_box_of_other_pages_inside_the_story(dump):
    """
    Islands ask harbour board for a second ferry

    The council of the northern islands has asked the harbour board for a second ferry, its speaker said on Saturday.

    More from Karvis

    The board will answer the letter in June, according to the secretary of the board, who has read it twice.

    The speaker said that the council had written to the board because the islands had been waiting for nine years.

    "We have asked them politely, and we will ask them again before the winter comes," he told reporters in Velm.
    """
    assert len(dump.words("body")) == 4
    assert dump.words("title") == ["Islands ask harbour board for a second ferry"]
