"""The languages of a page: that of most of its story, what the page says, and blocks in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stemma.read.fields.languages import Guess, guess_language, own_words
from stemma.read.fields.published import Finding
from stemma.read.head import Head
from stemma.read.labels import Stretch
from stemma.read.layout import Sheet

_DECLARED = 0.6  #: confidence in a page's own word on its language: templates are copied
_STORY = frozenset(["body", "turn", "title"])
_MOST = 40  #: stretches of the story that tell its language
_MOST_BLOCKS = 2_000  #: stretches of the story among which blocks in another language are sought
_LEAST_WORDS = 12  #: of a block that is told apart by its small words; a script tells by itself
_LEAST_LETTERS = 30  #: characters of such a block
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff]")  #: a letter that is no Latin one
_USUAL = 3  #: of the language's own words are looked for first: nearly every sentence has one
_SURE = 0.6  #: a block's language must be as sure as that
_SMALLER = 0.5  #: of its confidence counts, so that no block outweighs the page


def find_languages(sheet: Sheet, stretches: Sequence[Stretch], head: Head | None) -> list[Finding]:
    """The page's language by its words and by its own word, then each further language with the block that is in it."""
    story = [stretch for stretch in stretches if stretch.role in _STORY]
    told = story or stretches
    guess = guess_language("\n".join(sheet.text[stretch.start : stretch.end] for stretch in told[:_MOST]))
    found = [Finding("language", guess.language, guess.basis, guess.confidence)] if guess else []
    if head and (declared := head.language.split("-")[0].split("_")[0].lower()).isalpha():
        found.append(Finding("language", declared, "meta", _DECLARED))
    return found + (list(_find_blocks(sheet, story[:_MOST_BLOCKS], guess.language)) if guess else [])


def _find_blocks(sheet: Sheet, story: Sequence[Stretch], language: str) -> Iterator[Finding]:
    """Neighbouring stretches in one other language are a block; of each language the first block is named."""
    named = {language}
    block: tuple[int, int, Guess] | None = None
    own = own_words(language)
    latin = any(map(str.isascii, own))
    for stretch in story:
        text = sheet.text[stretch.start : stretch.end]
        plainly = any(word in text for word in own[:_USUAL]) and (text.isascii() or not latin)
        guess = None if plainly else _other(text, language)
        if block and guess and guess.language == block[2].language:
            block = (block[0], stretch.end, block[2])
            continue
        if block and block[2].language not in named:
            named.add(block[2].language)
            yield _finding(block)
        block = (stretch.start, stretch.end, guess) if guess else None
    if block and block[2].language not in named:
        yield _finding(block)


def _other(text: str, language: str) -> Guess | None:
    """What language the text is in, where that is surely another one."""
    if len(text) < _LEAST_LETTERS or _is_plainly(language, text):
        return None
    if text.count(" ") < _LEAST_WORDS and not _OTHER_SCRIPT.search(text):
        return None
    guess = guess_language(text)
    if guess is None or guess.language == language or guess.confidence < _SURE:
        return None
    return guess if guess.basis == "script" or text.count(" ") >= _LEAST_WORDS else None


def _is_plainly(language: str, text: str) -> bool:
    """A quick look that spares nearly all paragraphs the long one: words that no other language of its script has."""
    own = own_words(language)
    for word in own:
        if word in text:
            return text.isascii() or not (any(map(str.isascii, own)) and _OTHER_SCRIPT.search(text))
    return False


def _finding(block: tuple[int, int, Guess]) -> Finding:
    start, end, guess = block
    return Finding("language", guess.language, "block", round(_SMALLER * guess.confidence, 3), (start, end))
