"""What leaves two names open that are alike enough to be one."""

from __future__ import annotations

import pytest

from stemma.resolve import compare
from stemma.resolve.doubts import doubt

OPEN = [
    ("Patrik Selo", "Patrik Seler", "far from each other"),
    ("Tamir Rashad al-Holi", "Rashad Tamir al-Holi", "another order"),
    ("Lu Wen", "Wen Lu-shi", ""),
    ("Bo Yi", "Li Bo", "another order"),
    ("Shi Chen", "Shi Zhen", "one system writes in two ways"),
    ("王志", "王奇", "said otherwise"),
    ("朱裕", "朱丽", "said otherwise"),
    ("Anton Grenham", "안톤 카리니", "not of one sound"),
    ("Maren Holt", "Maren Holt Varga", "says more"),
]


@pytest.mark.parametrize(("left", "right", "why"), OPEN)
def test_doubts(left, right, why):
    assert why in doubt(left, right)


@pytest.mark.parametrize(("left", "right", "why"), [one for one in OPEN if one[2]])
def test_what_is_in_doubt_is_never_the_same(left, right, why):
    assert compare(left, right, "person").verdict != "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Maren Holt", "Holt, Maren"),
        ("Wang Lei", "Lei Wang"),
        ("Chou Hsien", "Zhou Xian"),
        ("Tan Wei-juo", "Tan Wei Ruo"),
        ("Ch'en He-jen", "陈和仁"),
        ("Сунь Чаоли", "Sun Chao-li"),
        ("Jin Hua", "Цзинь Хуа"),
        ("Cho Min Sol", "Min-sol Jo"),
        ("Andrei Ivanovich Belkin", "Belkin Andrei Ivanovich"),
        ("Yusuf Hasan al-Tarawi", "Tarawi Yusuf Hasan"),
        ("Šárka Čermák", "Sharka Chermak"),
    ],
)
def test_orders_and_spellings_of_one_name_leave_no_doubt(left, right):
    assert compare(left, right, "person").verdict == "same"
