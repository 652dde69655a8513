"""The screen of a page holds every line that a habit matches."""

from __future__ import annotations

import pytest

from stemma.read.article.signs import read_signs
from stemma.read.labels.habits import habits, match_habit, screen_lines
from stemma.read.layout import lay_out_text

_LINES = {
    "header": ["Date: 03/05/2031 | Source: NAK", "Source: Sarva | 2031-05-03", "2031-05-03 10:11 来源: Sarva", "입력 2031.05.03 10:11",
               "발행 Source: Sarva 2031-05-03", "Опубликовано: 3 мая 2031", "Publié le 3 mai 2031", "Veröffentlicht 3. Mai 2031"],
    "modified": ["Updated: 3 May 2031", "Last modified on 3 May 2031", "Обновлено 3 мая 2031", "수정 2031.05.03 10:11"],
    "stamp": ["www.nak.example (2031.05.03.)", "nak.kp (2031.05.03.)", "Juche 120.5.3", "(주체120(2031)년 5월 3일)"],
    "more": ["More From NAK", "Related Topics", "MOST READ", "You May Also Like", "Другие новости", "Вас может заинтересовать"],
    "feed": ["The Karvis Post website contains only a portion of the news stories", "The post Bridge opens appeared first on Sarva."],
    "contact": ["Media contact: Mara Orlu", "Tel.: +11 22", "E-mail: post@sarva.example"],
    "legal": ["© 2031 Karvis Morning", "(c) 2031 Sarva. All rights reserved.", "Copyright 2031 Sarva", "Все права защищены"],
    "consent": ["We use cookies on this site.", "By clicking Agree you accept that we agree", "Users are obliged to be kind."],
    "byline": ["By Mara Orlu", "BY MARA ORLU", "(Reporting by Mara Orlu; editing by Ilo Cho)", "Автор: Мара Орлу", "기자 마라"],
    "caption": ["Photo: Mara Orlu", "© Sarva / Mara Orlu, AFP", "Getty Images", "(Photo by Mara Orlu)", "사진: 사르바"],
    "advert": ["Advertisement", "[ ADVERTISEMENT ]", "Advertisement - scroll to continue", "Story continues below the gallery", "Реклама", "广告"],
    "turn": ["Q: Has it left?", "Q. Has it left?", "MR CHO: It has.", "Вопрос: Когда?", "问：什么时候？", "A. It has."],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(_LINES))
def test_what_a_habit_matches_is_on_the_screen(name):
    sheet = lay_out_text("\n".join(line for lines in _LINES.values() for line in lines))
    screen = screen_lines(len(sheet.lines), read_signs(sheet.text, sheet.lines))
    texts = [sheet.text[line.start : line.end] for line in sheet.lines]
    matched = [number for number, text in enumerate(texts) if match_habit(name, text)]
    assert matched
    assert set(matched) <= set(screen.lines(name))


def test_plain_lines_are_not_looked_at():
    sheet = lay_out_text("The harbour board met on Friday\nand looked round the bridge")
    screen = screen_lines(2, read_signs(sheet.text, sheet.lines))
    assert all(screen.lines(name) == [] for name in _LINES if name in habits())
    assert screen_lines(2, None).lines("legal") == [0, 1]
