"""Fills the placeholders of the word lists: invented persons, outlets, days, and pieces of other articles."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_QUOTE = re.compile(r"[“\"][^”\"]{20,200}[”\"]")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?")
_MARK = re.compile(r"\[[QCS]\d+ |\]")

_PROSE = re.compile(r"(?:\S+\s+){7}.*[.!?:”\"]$|[?:]$")
_PAGE = re.compile(
    r"©|[Mm]ore [Ff]rom|Read (?:more|original|also)|Subscribe|^Photo|^Share\b|Source:|www\.", re.MULTILINE
)


class Article(NamedTuple):
    """One article of the corpus, without its marks."""

    headline: str
    paragraphs: tuple[str, ...]
    world: str = ""  #: articles of one world speak of the same persons and places

    @property
    def sentences(self) -> list[str]:
        """Its sentences, roughly."""
        return [sentence for paragraph in self.paragraphs for sentence in _SENTENCE.split(paragraph)]


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """A word list that lies beside this file."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def load(corpus: Path) -> list[Article]:
    """All articles of the corpus (first line the headline, blank line between paragraphs) in order of their paths."""
    articles = []
    for path in sorted(corpus.glob("*/*.txt")):
        headline, _, rest = _MARK.sub("", path.read_text("utf-8")).strip().partition("\n")
        paragraphs = tuple(" ".join(part.split()) for part in rest.split("\n\n") if part.strip())
        while paragraphs and not _PROSE.search(paragraphs[0]):  # bylines, places and days above the text
            paragraphs = paragraphs[1:]
        if len(paragraphs) > 1 and not _PAGE.search(rest):
            articles.append(Article(headline.strip(), paragraphs, path.parent.name))
    return articles


class Filler:
    """One page's world: its outlet, its persons, its article, and the others that it points at."""

    def __init__(self, rng: Random, articles: list[Article]) -> None:
        self.rng = rng
        self.article = rng.choice(articles)
        near = [article for article in articles if article.world == self.article.world]
        nearness = rng.choice((0.0, 0.2, 0.6))  # how many of the other articles are about the same things
        self.others = [rng.choice(near if rng.random() < nearness else articles) for _ in range(30)]
        self.words = table("words")
        self.fixed: dict[str, str] = {
            name: rng.choice(self.words[name]) for name in ("outlet", "agency", "topic", "country", "host")
        }
        self.fixed["year"] = str(rng.randint(2004, 2041))
        self.fixed["title"] = self.article.headline
        self.capitals = rng.random()
        self.crowd = rng.choice((0.5, 1.0, 2.0, 2.0))  #: the smaller, the more lines has each piece of furniture
        self.names = sorted(set(_NAME.findall(" ".join(self.article.paragraphs)))) or [self.article.headline]

    def say(self, pattern: str) -> str:
        """The pattern with its placeholders filled; one line speaks of one other article."""
        other = self.rng.choice(self.others)
        return _SLOT.sub(lambda match: self._value(match.group(1), other), pattern)

    def _value(self, name: str, other: Article) -> str:
        rng = self.rng
        if name in self.fixed and (name in {"outlet", "title", "host"} or rng.random() < 0.7):
            return self.fixed[name]
        if hasattr(self, f"_{name}"):
            return str(getattr(self, f"_{name}")())
        if hasattr(self, f"_of_{name}"):
            return str(getattr(self, f"_of_{name}")(other))
        return self.say(str(rng.choice(self.words[name])))

    def _person(self) -> str:
        name = f"{self.rng.choice(self.words['first'])} {self.rng.choice(self.words['last'])}"
        return name.upper() if self.rng.random() < 0.05 else name

    _other = _person

    def _year(self) -> int:
        return self.rng.randint(1990, 2041)

    def _n(self) -> int:
        return self.rng.randint(10, 99)

    def _m(self) -> int:
        return self.rng.randint(2, 9)

    def _clock(self) -> str:
        form = self.rng.choice(("{:02}:{:02}", "{}.{:02}am", "{:02}:{:02} GMT", "{}:{:02} p.m."))
        return form.format(self.rng.randint(1, 12), self.rng.randint(0, 59))

    def _date(self) -> str:
        rng, month = self.rng, self.rng.choice(self.words["month"])
        day, year = rng.randint(1, 28), self.fixed["year"]
        number = rng.randint(1, 12)
        forms = (
            f"{month} {day}, {year}",
            f"{day} {month} {year}",
            f"{month[:3]} {day}, {year}",
            f"{day}.{number:02}.{year}",
            f"{year}-{number:02}-{day:02}",
            f"{day:02}/{number:02}/{year}",
            f"{day} {month[:3]} {year}",
        )
        return rng.choice(forms)

    def _handle(self) -> str:
        return f"@{self.rng.choice(self.words['last'])}".replace("-", "_")

    def _mail(self) -> str:
        return f"{self.rng.choice(self.words['first']).lower()}@{self.fixed['host']}"

    def _PLACE(self) -> str:  # noqa: N802 - named for what it gives
        return str(self.rng.choice(self.words["place"])).upper()

    def _ownsum(self) -> str:
        return self.rng.choice(self.article.sentences[:6])

    def _ownhead(self) -> str:
        return self.article.headline

    def _entry(self) -> str:
        """What a menu or a list of links says: a few words, or the beginning of a headline."""
        rng, other = self.rng, self.rng.choice(self.others)
        words = (other.headline if rng.random() < 0.7 else rng.choice(other.sentences)).rstrip(".").split()
        at = rng.randrange(len(words))
        return case(" ".join(words[at : at + rng.choice((1, 1, 2, 2, 3, 4, 6))]), max(0.7, self.capitals))

    def _ownname(self) -> str:
        """A name that the article gives."""
        return str(self.rng.choice(self.names))

    def _ownbit(self) -> str:
        """Some words of the article in a row, as items of its lists and its sub-heads have them."""
        rng = self.rng
        words = rng.choice(self.article.sentences).rstrip(".").split()
        at = rng.randrange(len(words))
        bit = " ".join(words[at : at + rng.choice((2, 3, 5, 8, 14))]).rstrip(",;:")
        return bit[:1].upper() + bit[1:] if rng.random() < 0.7 else bit

    def _ownlead(self) -> str:
        return " ".join(self.article.sentences[: self.rng.choice((1, 2, 2, 3))])

    def _remark(self) -> str:
        """What a reader says below the article, in one to six sentences that speak of it or of nothing."""
        rng = self.rng
        forms = [
            rng.choice(self.words["opinion" if rng.random() < 0.5 else "aside"])
            for _ in range(rng.choice((1, 1, 2, 3, 4, 6)))
        ]
        said = " ".join(map(self.say, forms))
        return said.lower() if rng.random() < 0.08 else said

    def _quote(self) -> str:
        found = _QUOTE.findall(" ".join(self.article.paragraphs))
        return self.rng.choice(found) if found else self._ownsum()

    def _sentence(self) -> str:
        sentence = self.rng.choice(self.rng.choice(self.others).sentences)
        return sentence if self.rng.random() < 0.7 else sentence.rstrip(".")

    def _of_headline(self, other: Article) -> str:
        return case(other.headline if self.rng.random() < 0.75 else other.sentences[0].rstrip("."), self.capitals)

    def _of_lead(self, other: Article) -> str:
        return " ".join(other.sentences[: self.rng.choice((1, 1, 2, 3))])

    def _of_cut(self, other: Article) -> str:
        words = other.paragraphs[0].split()[: self.rng.randint(10, 40)]
        return " ".join(words) + self.rng.choice(("...", "…", " ...", " [...]", ""))


def case(words: str, capitals: float) -> str:
    """A headline in the house style of the outlet: as it is, With Capitals, or ALL IN CAPITALS."""
    if capitals < 0.65:
        return words
    if capitals > 0.95:
        return words.upper()
    return " ".join(word if len(word) < 4 else word[0].upper() + word[1:] for word in words.split())
