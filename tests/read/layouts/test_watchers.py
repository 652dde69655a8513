"""Pages of sites that watch an agency, and items of agencies in other scripts. All outlets but known names, and all words, invented."""

from __future__ import annotations

import pytest

_STORY = {
    "ko": (
        "북쪽섬들로 가는 새 다리가 3일에 개통되여 주민들의 열렬한 환영을 받았다.",
        "항만위원회 위원장은 연설에서 건설자들이 겨울내내 일하였으며 다리가 예정보다 일찍 완공되였다고 말하였다.",
        "그는 두번째 다리의 공사가 3년후에 시작될것이라고 강조하였다.",
    ),
    "ja": (
        "カルビス港湾委員会は金曜日、北の島々への新しい橋を五月からすべての人に開放すると発表した。",
        "委員長は記者団に対し、建設に携わった人々は冬の間も働き続け、橋は予定より早く完成したと述べた。",
    ),
    "ru": (
        "Новый мост на северные острова открыт для всех, сообщил в пятницу портовый совет Карвиса.",
        "По словам главы совета Мары Орлу, строители работали всю зиму и закончили мост раньше срока.",
    ),
    "ar": (
        "قال مجلس ميناء كارفيس يوم الجمعة إن الجسر الجديد إلى الجزر الشمالية سيفتح أمام الجميع.",
        "وأضاف رئيس المجلس أن العمال عملوا طوال فصل الشتاء وأن الجسر قد اكتمل قبل الموعد الذي كان مقررا له.",
    ),
    "fa": (
        "شورای بندر کارویس روز جمعه اعلام کرد که پل جدید به جزایر شمالی برای همه باز خواهد شد.",
        "او گفت که ساخت پل دوم سه سال دیگر آغاز می\u200cشود و جزایر بخشی از هزینه آن را می\u200cپردازند.",
    ),
    "zh": (
        "卡尔维斯港口委员会3日表示，通往北部岛屿的新大桥向所有人开放，渡轮将停止运行。",
        "委员会负责人说，建设者们整个冬天都在工作，大桥提前完工，委员会对他们表示感谢。",
    ),
}


def test_page_of_a_watcher(dump):
    """
    Port Watch
    Viewing: 4 May 2031
    Home
    About
    SARVA.vx (En)
    New Bridge to Islands Opened
    Date: 03/05/2031 | Source: SARVA.vx (En) | Read original version at source

    Karvis, May 3 (SARVA) -- The new bridge to the northern islands was opened with due ceremony on Friday.

    Mara Orlu, head of the harbour board, made a speech at the ceremony, and said that the builders worked all winter.

    She called for building the second bridge within three years. -0-

    www.sarva.example (Juche120.5.3.)

    More From SARVA.vx (En)
    New Ferry Launched
    Officials of the board and working people took part in the launching ceremony of the new ferry at the dockyard.
    Date: 02/05/2031 | Source: SARVA.vx (En)
    """
    assert dump.words("title") == ["New Bridge to Islands Opened"]
    assert dump.words("dateline") == ["Karvis, May 3 (SARVA) --"]
    assert len(dump.words("body")) == 3
    assert dump.best("published") == "2031-05-03"
    assert dump.best("outlet") == dump.best("agency") == "SARVA"


@pytest.mark.parametrize(
    ("language", "before", "agency"),
    [
        ("ko", "(까르비스 5월 3일발 사르바통신)\n", "사르바통신"),
        ("ko", "(카르비스=연합뉴스) 오마라 기자 = ", "Yonhap"),
        ("ja", "【カルビス共同】", "Kyodo"),
        ("ru", "КАРВИС, 3 мая. /САРВА/. ", "САРВА"),
        ("ru", "КАРВИС, 3 мая — РИА Новости. ", "RIA Novosti"),
        ("ar", "كارفيس 3 مايو (سارفا) - ", "سارفا"),
        ("ar", "كارفيس في 3 مايو / وام / ", "WAM"),
        ("fa", "کارویس (ایرنا) - ", "IRNA"),
        ("zh", "新华社卡尔维斯5月3日电（记者 奥玛拉）", "Xinhua"),
    ],
)
def test_datelines_of_agencies(read_page, language, before, agency):
    first, *rest = _STORY[language]
    reading = read_page(f"2031-05-03\n\n{before}{first}\n\n" + "\n\n".join(rest) + "\n")
    assert reading.words("dateline") == [before.strip()]
    assert reading.words("body") == [first, *rest]
    assert reading.fields("agency") == [(agency, "dateline")]
    assert reading.best("language") == language
    assert reading.best("published") == "2031-05-03"


@pytest.mark.parametrize(("language", "mark"), [("ko", "(끝)"), ("zh", "（完）"), ("en", "(END)")])
def test_end_marks_in_brackets_close_the_last_line(read_page, language, mark):
    story = _STORY.get(language) or (
        "The harbour board of Karvis said on Friday that the new bridge to the islands would be open from May.",
        "The builders have worked through the winter, its head Mara Orlu told a news conference.",
    )
    reading = read_page("\n\n".join(story) + mark + "\n\nMenu\n")
    assert reading.words("body") == list(story)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_direction_is_kept(read_page, language):
    first, *rest = _STORY[language]
    marked = f"\u200f{first}\u200e"
    story = "".join(f"<p>{words}</p>" for words in (marked, *rest))
    reading = read_page(f"<html dir=rtl lang={language}><body><article>{story}</article></body></html>", "text/html")
    assert reading.words("body") == [marked, *rest]
    assert reading.document.text.index(first) < reading.document.text.index(rest[0])


def test_day_of_sending_below_a_korean_item(read_page):
    page = "(카르비스=연합뉴스) 오마라 기자 = " + "\n\n".join(_STORY["ko"]) + "\n\n2031/05/03 10:11 송고\n"
    assert read_page(page).best("published") == "2031-05-03"
