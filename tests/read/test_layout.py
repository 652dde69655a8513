"""Page to text: what the frozen layouts write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read import layout
from stemma.read.layout import Zone, lay_out_html, lay_out_text


def _lines(markup: str) -> list[str]:
    sheet = lay_out_html(markup)
    return [sheet.text[line.start : line.end] for line in sheet.lines]


def test_blocks_are_lines():
    assert _lines("<title>A</title><h1>B</h1><p>C <b>d</b>\n e</p><ul><li>F<li>G</ul>") == ["A", "B", "C d e", "F", "G"]


def test_nothing_but_scripts_and_comments_is_left_out():
    page = "<nav>N</nav><script>var x</script><style>p{}</style><!-- c --><p hidden>P</p><footer>F</footer>"
    assert _lines(page) == ["N", "P", "F"]


def test_breaks_cells_and_pre():
    assert _lines("<p>a<br>b</p><table><tr><td>c<td>d</table><pre>e\n f</pre>") == ["a", "b", "c", "d", "e", "f"]


def test_soft_hyphens_and_odd_blanks():
    assert _lines("<p>har\u00adbour&nbsp; board\u200b</p>") == ["harbour board"]


def test_links_and_zones():
    line = lay_out_html('<nav class="x"><a href="/">Home</a></nav>').lines[0]
    assert (line.linked, bool(line.zone & Zone.NAV)) == (4, True)


def test_depth_loses_nothing():
    assert _lines("<div>" * 3_000 + "deep" + "</div>" * 3_000 + "<p>after</p>") == ["deep", "after"]


def test_empty_tree():
    assert _lines("<script>x</script>") == []


def test_text_is_untouched():
    text = "  One \r\n\r\n\tTwo\x0cThree\u2028Four"
    sheet = lay_out_text(text)
    assert sheet.text == text
    assert [text[line.start : line.end] for line in sheet.lines] == ["One", "Two", "Three", "Four"]


@given(st.text())
def test_lines_of_text_agree_with_splitlines(text):
    sheet = lay_out_text(text)
    assert [text[line.start : line.end] for line in sheet.lines] == [
        line.strip() for line in text.splitlines() if line.strip()
    ]


@given(st.text(alphabet="ab \n\r\x0c\u2028"))
def test_lines_agree_with_splitlines_where_a_portion_ends_between_them(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "_LONG", 3)
        sheet = lay_out_text(text)
    assert [(line.start, line.end) for line in sheet.lines] == [
        (one.start, one.end) for one in lay_out_text(text).lines
    ]


@given(st.text(alphabet="<>/abpdiv \n\"'=&;!-"))
def test_html_lines_are_in_order(markup):
    sheet = lay_out_html(markup)
    assert sheet.text == "".join(sheet.text[line.start : line.end] + "\n" for line in sheet.lines)


@given(st.text(alphabet="ab \n\u3000", max_size=40))
def test_words_of_a_long_line_are_joined_as_those_of_a_short_one(text):
    for size in (1, 3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layout, "_LONG", size)
            assert layout._join_words(text) == " ".join(text.split())
