"""What an amount is worth: "three", "one hundred", "2 1/2", "a few"; and the letters of a unit."""

from __future__ import annotations

#: Decades and centuries as years, where the number is known (TempEval-3 writes P20Y for two decades).
_YEARS = {"DE": 10, "CE": 100}
#: Units of sixty smaller ones, and the letter of those.
_SIXTIES = {"TH": "M", "TM": "S"}


def unit_of(worth: str) -> str:
    """The letters of a unit; the word "second" is worth 2 as an ordinal, seconds as a unit."""
    return "TS" if worth == "2" else worth


def amount_of(worths: list[int | str]) -> float | None:
    """The number that a phrase of amount is worth; None for a vague one."""
    if not worths or "X" in worths:
        return None
    total, extra = 0.0, 0.0
    for worth in worths:
        if worth == "half":
            extra = 0.5
        elif isinstance(worth, int):
            total = max(total, 1) * worth if worth in (100, 1000) or (worth == 12 and total) else total + worth
        elif "/" in worth:
            left, right = worth.split("/")
            extra = int(left) / int(right)
        elif worth[0].isdigit():
            total += float(worth)
    return (total or 1) + extra if total or extra or "a" in worths or "an" in worths else None


def duration(count: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units: P3D, PT2H, PXW, P20Y for two decades."""
    if unit in _SIXTIES and count is not None and count != int(count):
        return f"PT{int(count) or ''}{unit[1] if count >= 1 else ''}{round(count % 1 * 60)}{_SIXTIES[unit]}"
    if unit.startswith("T"):
        return f"PT{_plain(count)}{unit[1:]}"
    if unit == "2W":
        unit, count = "W", None if count is None else count * 2
    if unit in _YEARS and count is not None:
        unit, count = "Y", count * _YEARS[unit]
    if count is not None and count != int(count) and unit == "Y":
        return _broken(count)
    return f"P{_plain(count)}{unit}"


def _plain(count: float | None) -> str:
    return "X" if count is None else f"{count:.10g}"


def _broken(years: float) -> str:
    """Two and a half years are P2Y6M."""
    months = round(years % 1 * 12)
    return f"P{int(years)}Y{months}M" if years >= 1 else f"P{months}M"
