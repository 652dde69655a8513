"""Write the Korean and Cantonese readings of characters from the Unihan database.

    python -m training.names.readings FOLDER

FOLDER holds ``Unihan_Readings.txt`` and ``Unihan_Variants.txt``, as they are or as ``.bz2`` (the Debian package
``unicode-data`` has them). Two runs over one edition write the same files.
"""

from __future__ import annotations

import argparse
import bz2
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

OUTPUT = Path(__file__).parents[2] / "src" / "stemma" / "resolve" / "names"
_USUAL = ("gb2312", "big5")  #: character sets whose letters are kept for Cantonese: what names are written in
_COMMON_BIG5 = 0xC6  #: last first byte of the usual characters of Big5
_VARIANTS = ("kTraditionalVariant", "kSimplifiedVariant", "kZVariant", "kSemanticVariant")
_HEAD = """# {what}
source = "Unihan database, Unicode 15.0: {fields}; written by `python -m training.names.readings`"
licence = "Unicode-3.0"

# A reading, then the characters that have it.
readings = \"\"\"
{lines}
\"\"\"
"""


def fields(folder: Path, file: str, *wanted: str) -> Iterator[tuple[str, str, str]]:
    """Character, field and value of the wanted fields."""
    plain = folder / f"{file}.txt"
    packed = folder / f"{file}.txt.bz2"
    text = plain.read_text("utf-8") if plain.exists() else bz2.decompress(packed.read_bytes()).decode()
    for line in text.splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            if field in wanted:
                yield chr(int(code.removeprefix("U+"), base=16)), field, value


def korean(folder: Path) -> dict[str, list[str]]:
    """Hangul readings of each character; one that has none has those of its variant."""
    told = {letter: re.findall("[가-힣]", value) for letter, _, value in fields(folder, "Unihan_Readings", "kHangul")}
    for wanted in _VARIANTS:
        for letter, _, value in fields(folder, "Unihan_Variants", wanted):
            kin = [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]
            found = next((told[other] for other in kin if other in told), None)
            if found and letter not in told and _is_usual(letter, "gb2312", "shift_jis", "big5"):
                told[letter] = found
    return told


def cantonese(folder: Path) -> dict[str, list[str]]:
    """The first reading of each usual character in Jyutping, without its tone."""
    return {
        letter: [re.sub("[0-9].*", "", value)]
        for letter, _, value in fields(folder, "Unihan_Readings", "kCantonese")
        if _is_usual(letter, *_USUAL)
    }


def _is_usual(letter: str, *sets: str) -> bool:
    for each in sets:
        try:
            written = letter.encode(each)
        except UnicodeEncodeError:
            continue
        if each != "big5" or written[0] <= _COMMON_BIG5:
            return True
    return False


def lines(told: Mapping[str, list[str]]) -> str:
    """A line for each reading."""
    letters: dict[str, list[str]] = defaultdict(list)
    for letter, readings in sorted(told.items()):
        for reading in readings:
            letters[reading].append(letter)
    return "\n".join(f"{reading} {''.join(some)}" for reading, some in sorted(letters.items()))


def main(arguments: list[str] | None = None) -> int:
    """Write both files."""
    parser = argparse.ArgumentParser(prog="python -m training.names.readings", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    for name, what, used, told in (
        ("hanja", "Korean readings of characters, variants with those of the character they stand for.",
         "kHangul and variants", korean(folder)),
        ("cantonese", "Cantonese readings of usual characters, in Jyutping without tones.",
         "kCantonese", cantonese(folder)),
    ):  # fmt: skip
        text = _HEAD.format(what=what, fields=used, lines=lines(told))
        (OUTPUT / f"{name}.toml").write_text(text, encoding="utf-8")
        print(f"{len(told):,} characters -> {OUTPUT / name}.toml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
