"""Pages made to hurt a reader: each by name, in any size. All text is invented; nothing is random.

    python -m bench.hostile_pages [--scale S] [NAME ...]

One row a page: CPU seconds, records, problems. The work is done by a worker of the engine, as ``stemma add`` does it:
within its bounds of time and memory.
"""

from __future__ import annotations

import argparse
import gzip
import resource
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stemma import engine, flow
from stemma.records import AnyRecord, Capture, MediaType, Problem, Snapshot
from stemma.stage import Offer

MARK = "the lamps on the quay will stay lit until the ice is gone"
QUOTE = "Nobody shall fall into my harbour while I am mayor"
STORY = (
    f"<p>ORVO, March 4. -- The mayor of Orvo said on Tuesday that {MARK}.</p>"
    f"<p>“{QUOTE},” Tamsin Orle told reporters at the town hall.</p>"
    "<p>The council will vote on the cost of the oil next week, she added.</p>"
)
PLAIN = STORY.replace("</p><p>", "\n\n").replace("<p>", "").replace("</p>", "\n")
KOREAN = (
    "오르보 시장은 화요일 얼음이 녹을 때까지 부두의 등불을 켜 둘 것이라고 말했다. "
    "시의회는 다음 주에 기름값을 두고 표결한다. "
)
RUSSIAN = "Мэр Орво заявил во вторник, что фонари на набережной будут гореть, пока не сойдёт лёд. "
MILLION = 1_000_000


def html(inside: str = "", head: str = "", story: str = STORY) -> bytes:
    """A page with something around its story."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>Lamps on the quay</title>{head}</head><body><article>'
        f"<h1>Lamps on the quay</h1>{story}</article>{inside}</body></html>"
    ).encode("utf-8", "surrogatepass")


def text(more: str, story: str = PLAIN) -> bytes:
    """A dump with something behind its story."""
    return f"Lamps on the quay\n\n{story}\n{more}".encode("utf-8", "surrogatepass")


def linked_data(inside: str) -> bytes:
    """A page that tells of itself in JSON-LD."""
    return html(head=f'<script type="application/ld+json">{inside}</script>')


def numbered(form: str, count: int) -> str:
    """The form again and again, with its number."""
    return "".join([form.replace("#", str(number)) for number in range(count)])


#: HTML pages by name; each gets a number of elements, characters or the like that is a million at full size.
HTML: dict[str, Callable[[int], bytes]] = {
    # depth
    "divs_in_divs": lambda n: html("<div>" * n + "deep words" + "</div>" * n),
    "divs_before_the_story": lambda n: html(story="<div>" * (n // 10) + STORY + "</div>" * (n // 10)),
    "spans_in_spans": lambda n: html("<span>" * n + "deep words"),
    "tables_in_tables": lambda n: html("<table><tr><td>" * (n // 10) + "deep words"),
    "lists_in_lists": lambda n: html("<ul><li>" * (n // 2) + "deep words"),
    "bold_in_bold": lambda n: html("<b><i>" * (n // 2) + "<p>words" * (n // 100)),
    "links_in_links": lambda n: html("<a href=/x>" * n + "words"),
    "drawings_in_drawings": lambda n: html("<svg><g>" * (n // 2) + "<text>words</text>"),
    "formulas_in_formulas": lambda n: html("<math><mrow>" * (n // 2) + "<mi>x</mi>"),
    "foreign_and_back": lambda n: html("<svg><foreignObject><p>words<math><mi>" * (n // 20)),
    "templates_in_templates": lambda n: html("<template>" * n + "hidden words"),
    "frames_in_frames": lambda n: html("<iframe>" * (n // 10) + "words"),
    # width
    "breaks": lambda n: html("<br>" * n),
    "links": lambda n: html('<a href="/x">Link text here</a> ' * n),
    "linked_paragraphs": lambda n: html('<p><a href="/x">Link text here</a></p>' * n),
    "cells": lambda n: html("<table>" + "<tr><td>cell<td>cell" * (n // 2)),
    "options": lambda n: html("<select>" + "<option>a long option" * n),
    "pictures": lambda n: html("<img alt='a lamp' src='data:image/png;base64,AAAA'>" * (n // 2)),
    "inputs": lambda n: html("<input value='lamp'>" * (n // 2)),
    "clocks": lambda n: html("<time datetime='2031-03-04T10:00:00Z'>March 4</time>" * (n // 8)),
    "meta_elements": lambda n: html(head="<meta property='article:published_time' content='2031-03-04'>" * (n // 8)),
    "refreshes": lambda n: html(head="<meta http-equiv=refresh content='0;url=/again'>" * (n // 8)),
    "bases": lambda n: html(head=numbered("<base href=/#/>", n // 8) + "<link rel=canonical href=../x>" * (n // 16)),
    "adoption_agency": lambda n: html("<a><b><p></a></b>words" * (n // 20)),
    "misnested_tables": lambda n: html("<table>" + "<b>words<tr>" * (n // 20)),
    # length
    "one_attribute": lambda n: html(f'<p data-x="{"x" * 10 * n}">words</p>'),
    "attributes_of_one_tag": lambda n: html("<p" + numbered(" a#=1", n // 2) + ">words"),
    "classes_of_one_tag": lambda n: html(f'<p class="{"article-body promo related " * (n // 5)}">words'),
    "one_tag_name": lambda n: html(f"<{'x' * 5 * n}>words"),
    "address_of_a_picture": lambda n: html(f'<img src="data:image/png;base64,{"QUJD" * n}">'),
    "one_line": lambda n: html(f"<p>{'The mayor said that lamps stay lit. ' * (50 * n // 36)}</p>"),
    "paragraphs": lambda n: html(numbered("<p>Paragraph # says that plant # was visited on Monday.</p>", n // 2)),
    # unfinished
    "comment_without_end": lambda n: html("<!--" + "<p>hidden words" * (n // 10)),
    "comments_that_reopen": lambda n: html("<!--><!---><!-- --!>" * (n // 10) + "words"),
    "tag_without_end": lambda n: html("<p title='" + "<p>words " * (n // 10)),
    "script_without_end": lambda n: html("<script>" + "<!--<script>" * (n // 10)),
    "sections_of_data": lambda n: html("<![CDATA[ words ]]>" * (n // 10)),
    "instructions": lambda n: html("<?php echo 1 ?>" * (n // 10)),
    "signs_of_tags": lambda n: html("<" * n + " &" * n),
    "doctypes": lambda n: html("<!doctype html [<!ENTITY a 'b'>]>" * (n // 10)),
    # references
    "entities": lambda n: html("<p>" + "&amp;&eacute;&#x1F600;&notit;" * (n // 4)),
    "entity_bomb": lambda n: (
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)).encode()
        + b"]>" + html("&a11;" * (n // 1_000))
    ),
    "entities_that_are_none": lambda n: html("&#xD800;&#0;&#x110000;&#99999999999;&nosuch;" * (n // 10)),
    # linked data
    "linked_data_deep": lambda n: linked_data('{"@graph":[' * (n // 10) + "]}" * (n // 10)),
    "linked_data_wide": lambda n: linked_data('{"@graph":[' + '{"@type":"NewsArticle"},' * (n // 10) + "{}]}"),
    "linked_data_long": lambda n: linked_data(f'{{"@type":"NewsArticle","articleBody":"{"lamp " * 3 * n}"}}'),
    "linked_data_many": lambda n: html(
        head='<script type="application/ld+json">{"@type":"Article"}</script>' * (n // 10)
    ),
    "linked_data_half_signs": lambda _: linked_data(
        '{"@type":"NewsArticle","headline":"Lamps \\ud83d","datePublished":"2031-03-04\\udc00",'
        '"publisher":{"name":"\\ud800"}}'
    ),
    "linked_data_numbers": lambda n: linked_data(
        f'{{"@type":"NewsArticle","datePublished":{"9" * (n // 10)},"x":1e99999}}'
    ),
    "linked_data_no_json": lambda n: linked_data("{" * (n // 10) + '"' + "\\" * (n // 10)),
}  # fmt: skip
#: Dumps by name.
TEXTS: dict[str, Callable[[int], bytes]] = {
    "one_line.txt": lambda n: text("The mayor said that lamps stay lit. " * (50 * n // 36)),
    "one_word.txt": lambda n: text("a" * 10 * n),
    "short_lines.txt": lambda n: text("a\n" * n),
    "blank_lines.txt": lambda n: text("\n \t\r\n" * n + "end"),
    "blanks.txt": lambda n: text("word" + " " * 5 * n + "word"),
    "line_ends.txt": lambda n: text("a\r\u2028\x85\x0b\x0c\x1e" * (n // 4)),
    "turns.txt": lambda n: text("Q: Is it lit?\nA: It is.\n" * (n // 8)),
    "digits.txt": lambda n: text("1234567890" * (n // 2)),
    "days.txt": lambda n: text("On May 3, 2031 and 1/2/2031 and 2031-02-30 at 25:61 the lamps were lit. " * (n // 20)),
    "days_half_said.txt": lambda n: text("January February the 3rd of May 2 4 6 th of next last Monday " * (n // 20)),
    "juche_years.txt": lambda n: text("Juche 120 (2031) " * (n // 10) + "Juche " * (n // 10)),
    "datelines.txt": lambda n: text("ORVO, March 4. /SARVA/. -- Words.\n" * (n // 16)),
    "dateline_bait.txt": lambda n: text("ORVO, VELM, KARVIS, " * (n // 16) + "March", story="") ,
    "quotations.txt": lambda n: text("“a” he said. " * (n // 8)),
    "quotation_marks.txt": lambda n: text('"' * n),
    "opening_marks.txt": lambda n: text("“‘«„" * (n // 4)),
    "quotations_in_quotations.txt": lambda n: text("“‘" * (n // 8) + "words" + "’”" * (n // 8)),
    "half_quotations.txt": lambda n: text('he said: "words and ' * (n // 10)),
    "cues.txt": lambda n: text("said that he said that she told him that " * (n // 20)),
    "sources.txt": lambda n: text("according to " * (n // 8) + "the mayor"),
    "speakers.txt": lambda n: text("Mayor Tamsin Orle of Orvo, the head of the council of Velm, " * (n // 20)),
    "pronouns.txt": lambda n: text("He said he would. She said they had. " * (n // 16)),
    "capitals.txt": lambda n: text("Aa Bb Cc " * (n // 4)),
    "initials.txt": lambda n: text("A. B. C. Mr. Dr. U.S. " * (n // 10)),
    "hyphens.txt": lambda n: text("well-" * (n // 4) + "known"),
    "apostrophes.txt": lambda n: text("'s" * (n // 4)),
    "brackets.txt": lambda n: text("(" * (n // 4) + "words" + ")" * (n // 4)),
    "addresses.txt": lambda n: text("https://orvo.example/" + "a/" * (n // 4) + " " + "www.orvo.example " * (n // 16)),
    "at_signs.txt": lambda n: text("a@" * (n // 4)),
    "rules.txt": lambda n: text("-" * n + "\n" + "=" * n + "\n" + "* " * (n // 4)),
    "end_marks.txt": lambda n: text("-0-\n" * (n // 8)),
    "copyrights.txt": lambda n: text("© 2031 Velm Courier. All rights reserved. " * (n // 16)),
    "twice.txt": lambda n: text((PLAIN + "\n") * (n // 400)),
    # signs
    "accents.txt": lambda n: text("e" + "\u0301" * 2 * n),
    "no_width.txt": lambda n: text("lamp" + "\u200b\u200d\u2060\ufeff" * (n // 2) + "lit"),
    "directions.txt": lambda n: text("\u202e\u2066\u202a" * (n // 2) + "words" + "\u202c\u2069" * (n // 4)),
    "emoji.txt": lambda n: text("👩\u200d👩\u200d👧 " * (n // 8)),
    "half_an_emoji.txt": lambda _: text("lamps 👩").removesuffix(b"\xa9"),
    "half_signs.txt": lambda _: text("\ud83d words \udc00 " * 10),
    "private_signs.txt": lambda n: text("\ue000\uf8ff\U000f0000" * (n // 4)),
    "no_signs.txt": lambda _: text("\uffff\ufdd0\ufffe" * 3 + "words"),
    "tag_signs.txt": lambda n: text("\U000e0041\U000e0062" * (n // 4)),
    "full_width.txt": lambda n: text("２０３１年３月４日 ＯＲＶＯ " * (n // 10)),
    "kanji.txt": lambda n: text("港の灯は消えない。" * (n // 8)),
    "hangul.txt": lambda n: text("항구의 등불은 꺼지지 않는다고 시장이 말했다. " * (n // 16)),
    "jamo.txt": lambda n: text("\u1100\u1161\u11a8" * (n // 4)),
    "arabic.txt": lambda n: text("قال رئيس البلدية إن المصابيح ستبقى مضاءة. " * (n // 16)),
    "thai.txt": lambda n: text("โคมไฟจะสว่างต่อไป" * (n // 16)),
    "cyrillic.txt": lambda n: text("«Фонари горят», — сказал мэр. " * (n // 16)),
    "mixed_scripts.txt": lambda n: text("lampлампа灯등불مصباح " * (n // 16)),
}  # fmt: skip


def _euc_kr(n: int) -> bytes:
    return (KOREAN * max(2, n // 5_000)).encode("euc-kr")


#: Bytes by name: encodings that are wrong, packed or broken.
BYTES: dict[str, Callable[[int], bytes]] = {
    "nothing": lambda _: b"",
    "nul.txt": lambda n: b"\0" * n,
    "nul_between.txt": lambda _: text("").replace(b" ", b" \0"),
    "nul_in_markup": lambda n: html("<p>wo\0rds</p>" * (n // 100)).replace(b"<p>ORVO", b"<\0p><p>ORVO"),
    "utf16_unmarked": lambda _: html().decode().replace(' charset="utf-8"', "").encode("utf-16-le"),
    "utf16_big_unmarked": lambda _: html().decode().encode("utf-16-be"),
    "utf16_odd.txt": lambda _: b"\xff\xfe" + PLAIN.encode("utf-16-le") + b"x",
    "utf32.txt": lambda _: PLAIN.encode("utf-32"),
    "utf7.txt": lambda _: PLAIN.encode("utf-7"),
    "euc_kr_undeclared.txt": _euc_kr,
    "euc_kr_says_utf8": lambda n: b'<meta charset="utf-8"><p>' + _euc_kr(n),
    "koi8_says_cp1251": lambda n: b'<meta charset="windows-1251"><p>' + (RUSSIAN * max(2, n // 5_000)).encode("koi8-r"),
    "charset_that_is_none": lambda _: html().replace(b'charset="utf-8"', b'charset="rot13\0;x-no-such"'),
    "charset_of_escapes": lambda _: html().replace(b'charset="utf-8"', b'charset="unicode_escape"'),
    "two_encodings": lambda n: html(RUSSIAN) + RUSSIAN.encode("cp1251") * max(1, n // 10_000),
    "utf8_with_bad_bytes": lambda n: html() + b"\xc3\x28 \xe2\x82 \xf0\x9f " * max(1, n // 1_000),
    "too_long_forms": lambda _: html() + b"\xc0\xaf\xe0\x80\xaf" * 10,
    "mark_in_the_middle": lambda n: html("\ufeff<p>words</p>" * (n // 100)),
    "two_marks": lambda _: b"\xef\xbb\xbf\xef\xbb\xbf" + html(),
    "wrong_mark": lambda _: b"\xff\xfe" + html(),
    "gzip_in_gzip": lambda _: gzip.compress(gzip.compress(html(), mtime=0), mtime=0),
    "gzip_bomb": lambda n: gzip.compress(b"a" * (200 * n), mtime=0),
    "gzip_cut": lambda _: gzip.compress(html(), mtime=0)[:-9],
    "gzip_and_more": lambda _: gzip.compress(html(), mtime=0) + b"more",
    "random": lambda n: b"".join(bytes([(i * i * 31 + i // 7) % 256]) for i in range(n)),
    "picture": lambda n: b"\x89PNG\r\n\x1a\n" + b"\0" * n,
    "document": lambda _: b"%PDF-1.7\n" + html(),
}  # fmt: skip
#: These give no text, but a Problem.
WORDLESS = frozenset((
    "nothing", "nul.txt", "nul_in_markup", "line_ends.txt", "half_signs.txt", "too_long_forms", "two_encodings",
    "gzip_in_gzip", "gzip_bomb", "gzip_cut", "random", "picture", "document", "wrong_mark",
))  # fmt: skip
#: These give text in which the words of ``MARK`` do not stand as they are.
OTHER_WORDS = frozenset((
    "dateline_bait.txt", "nul_between.txt", "euc_kr_undeclared.txt", "euc_kr_says_utf8", "koi8_says_cp1251",
))  # fmt: skip
PAGES = {**HTML, **TEXTS, **BYTES}


class Taken(NamedTuple):
    """What a page took and gave."""

    seconds: float  #: CPU
    found: list[AnyRecord | Offer]

    @property
    def problems(self) -> list[str]:
        """What is said of it."""
        return [each.message for each in self.found if isinstance(each, Problem)]


def capture(name: str, payload: bytes) -> Capture:
    """A page as ``collect`` gives it."""
    media: MediaType = "text/plain" if name.endswith(".txt") else "text/html"
    made = Snapshot(origin=name, media_type=media, digest="sha256:" + "0" * 64, size=len(payload))
    return Capture(made, payload)


def take(name: str, payload: bytes) -> Taken:
    """Read and annotate a page in a worker, as ``stemma add`` does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ((_, found),) = engine.each(flow.PAGE, [capture(name, payload)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(seconds, found)


def rows(names: list[str], scale: float) -> Iterator[str]:
    """A row for each page."""
    for name in names or PAGES:
        payload = PAGES[name](int(scale * MILLION))
        took = take(name, payload)
        said = "; ".join(took.problems)[:90]
        yield f"{name:<28} {len(payload) / 1e6:7.2f} MB {took.seconds:6.2f} s {len(took.found):8} {said}"


def main() -> None:
    """Print a row for each page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="pages; all without any")
    parser.add_argument("--scale", type=float, default=1.0, help="share of full size")
    asked = parser.parse_args()
    for row in rows(asked.names, asked.scale):
        print(row, flush=True)


if __name__ == "__main__":
    main()
