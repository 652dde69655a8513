"""More layouts of wires: print views, feeds for telephones, translated pages. All outlets and words invented, but for names."""

from __future__ import annotations


def test_print_view_with_clock_and_section(dump):
    """
    3 May, 12:40
    Karvis harbour to stay open all winter — port chief
    According to Mara Orlu, the ice will be broken every morning

    KARVIS, May 3. /TASS/. The harbour of Karvis will stay open all winter, the head of its board, Mara Orlu, told reporters on Friday.

    "The ice will be broken every morning, and no ship will have to wait for more than an hour," she said.

    According to her, two more tugs were ordered a year ago and will be ready by the autumn.

    Tags
    Ports
    """
    assert dump.words("dateline") == ["KARVIS, May 3. /TASS/."]
    assert dump.best("outlet") == "TASS"
    assert len(dump.words("body")) == 3
    assert dump.words("title") == ["Karvis harbour to stay open all winter — port chief"]


def test_dateline_with_agency_and_dashes(dump):
    """
    (LEAD) Karvis says new bridge will open in May

    All News 10:11 May 3, 2031

    KARVIS, May 3 (Yonhap) -- The harbour board of Karvis said Friday that the new bridge to the islands would be open from May.

    "The builders have worked through the winter, and we are grateful to them," its head Mara Orlu told a news conference.

    The second bridge will follow in three years, the board said in its statement.
    (END)
    """
    assert dump.words("dateline") == ["KARVIS, May 3 (Yonhap) --"]
    assert dump.best("outlet") == "Yonhap"
    assert dump.best("published") == "2031-05-03"
    assert "(END)" not in " ".join(dump.words("body"))


def test_byline_beside_a_day_with_dots(dump):
    """
    Karvis, islands agree on ferry fares

    Agreement to take effect in June after both councils vote on it

    Mara Orlu | 03.05.2031 - Update: 04.05.2031

    KARVIS

    Karvis and the northern islands on Friday agreed on the fares of the ferries, the harbour board said in a statement.

    The agreement will take effect in June after the councils of both have voted on it, the statement added.

    It said that the fares for crews of small boats would not rise before the end of the coming year.
    """
    assert dump.words("title") == ["Karvis, islands agree on ferry fares"]
    assert dump.words("dateline") == ["KARVIS"]
    assert dump.best("published") == "2031-05-03"


def test_page_for_telephones(html):
    """
    <!doctype html><html amp lang="en"><head><title>Ferries stay free for schools | Sarva</title>
    <link rel="canonical" href="https://sarva.example/ferries"></head><body>
    <amp-sidebar id="menu"><ul><li><a href="/n">News</a></li><li><a href="/p">Ports</a></li></ul></amp-sidebar>
    <header><a href="/">Sarva</a></header>
    <article><h1>Ferries stay free for schools</h1><p class="byline">By Mara Orlu</p>
    <amp-img src="a.jpg"></amp-img><figcaption>The pier of Karvis</figcaption>
    <p>The ferries to the northern islands will stay free for schools, the harbour board said on Friday after a long debate.</p>
    <amp-ad width="300"><div>Advertisement</div></amp-ad>
    <p>"No child should miss a lesson because of a fare," its head, Ilo Cho, told reporters on the pier of Karvis.</p>
    <p>The councils of the islands will pay a third of the cost, as they have done since the old bridge was closed.</p>
    </article><footer><p>© 2031 Sarva. All rights reserved.</p></footer></body></html>
    """
    assert dump_start(html.words("body")) == ["The ferries", '"No child s', "The council"]
    assert html.words("title") == ["Ferries stay free for schools"]
    assert html.best("original_url") == "https://sarva.example/ferries"


def dump_start(words: list[str]) -> list[str]:
    """The first letters of each stretch."""
    return [each[:11] for each in words]
