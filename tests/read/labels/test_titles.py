"""Which line is the headline."""

from __future__ import annotations

_STORY = "".join(
    f"<p>The board of the harbour said on day {day} that the tariff of the ferries would be published in the spring.</p>"
    for day in ("one", "two", "three", "four")
)


def _page(title: str, heading: str, meta: str = "") -> str:
    return f"<html><head><title>{title}</title>{meta}</head><body><article><h1>{heading}</h1>{_STORY}</article></body></html>"


def test_heading_that_the_metadata_names(read_page):
    meta = '<meta property="og:title" content="Ferries sail again">'
    page = _page("Ferries sail again | Karvis Morning", "Ferries sail again", meta)
    assert read_page(page, "text/html").words("title") == ["Ferries sail again"]


def test_site_name_is_cut_from_the_metadata(read_page):
    meta = '<meta property="og:title" content="Ferries sail again – Karvis Morning">'
    page = _page("Ferries sail again – Karvis Morning", "Ferries sail again", meta)
    assert read_page(page, "text/html").words("title") == ["Ferries sail again"]


def test_heading_that_is_the_site_is_passed_over(read_page):
    meta = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries sail &quot;again&quot;"}</script>'
    page = _page('Ferries sail "again" - Karvis Morning', "Karvis Morning", meta)
    assert read_page(page, "text/html").words("title") == ['Ferries sail "again"']


def test_first_heading_where_no_metadata_is(read_page):
    assert read_page(_page("Karvis Morning", "Ferries sail again"), "text/html").words("title") == [
        "Ferries sail again"
    ]


def test_visible_heading_before_the_title_for_search_engines(read_page):
    """The headline of JSON-LD stands in the title element alone; the other one is what readers see."""
    meta = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry tariff news 2031"}</script>'
        '<meta property="og:title" content="Ferries sail again">'
    )
    page = _page("Ferry tariff news 2031", "Ferries sail again", meta)
    assert read_page(page, "text/html").words("title") == ["Ferries sail again"]


def test_breadcrumbs_and_hidden_headings_are_no_headline(read_page):
    meta = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries: tariff agreed"}</script>'
        '<meta property="og:title" content="Islands get their ferry">'
    )
    for crumb in ("<nav><h1>Ferries: tariff agreed</h1></nav>", '<h1 hidden="">Ferries: tariff agreed</h1>'):
        page = (
            f"<html><head><title>Ferries: tariff agreed</title>{meta}</head><body>{crumb}"
            f"<article><h2><span>Karvis</span> Islands get their ferry</h2>{_STORY}</article></body></html>"
        )
        assert read_page(page, "text/html").words("title") == ["Islands get their ferry"]


def test_kicker_before_the_headline_is_cut_off_the_metadata(read_page):
    meta = '<meta property="og:title" content="After long talks: Islands get their ferry">'
    page = (
        f"<html><head><title>Ferry tariff</title>{meta}</head><body>"
        f"<article><div>After long talks</div><div>Islands get their ferry</div>{_STORY}</article></body></html>"
    )
    assert read_page(page, "text/html").words("title") == ["Islands get their ferry"]


def test_heading_of_a_video_is_no_headline(read_page):
    meta = (
        '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Ferries sail again"},'
        '{"@type": "VideoObject", "headline": "The captain waves"}]</script>'
    )
    page = (
        f"<html><head>{meta}</head><body><h2>The captain waves</h2>"
        f"<article><div class='headline'>Ferries sail again</div>{_STORY}</article></body></html>"
    )
    assert read_page(page, "text/html").words("title") == ["Ferries sail again"]


def test_headline_that_only_the_metadata_gives_is_a_field(read_page):
    meta = '<meta property="og:title" content="Ferries sail again">'
    reading = read_page(f"<html><head>{meta}</head><body>{_STORY}</body></html>", "text/html")
    assert reading.words("title") == []
    assert reading.fields("title") == [("Ferries sail again", "meta")]


def test_a_headline_on_the_page_leaves_no_field(read_page):
    meta = '<meta property="og:title" content="Ferries sail again">'
    assert read_page(_page("Ferries", "Ferries sail again", meta), "text/html").fields("title") == []


def test_headline_over_lines_that_begin_small(dump):
    """
    STATEMENT OF THE HARBOUR BOARD
    on the tariff of the ferries to the northern islands

    The harbour board has agreed on the tariff of the ferries to the northern islands for the coming year.

    The tariff will not rise for the crews of small boats, the secretary of the board said in Karvis on Friday.
    """
    assert dump.words("title") == [
        "STATEMENT OF THE HARBOUR BOARD\non the tariff of the ferries to the northern islands"
    ]
    assert sum(label.role == "title" for label in dump.labels) == 1


def test_low_share_headline_above_its_day(dump):
    """
    Order of the procession

    Karvis, 3 May 2031

    The bands of the academy come first and walk from the eastern mole to the new house of the pilots.

    Behind them march the schools of the upper town with paper boats, and the boats of the lifeboat station.
    """
    assert dump.words("title") == ["Order of the procession"]


def test_dump_without_headline_has_none(dump):
    """
    KARVIS, May 3. /SARVA/. The board of the harbour met on Friday and agreed on the tariff of the coming year.

    Its members said that the tariff would not rise for the crews of small boats, whatever the islands decide.
    """
    assert dump.words("title") == []
