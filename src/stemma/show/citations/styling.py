"""Citations in any style of the Citation Style Language, set by citeproc (the extra ``styles``)."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stemma.errors import BadValue, NeedsExtra
from stemma.show.plain import one_line


def styled(item: dict[str, Any], style: Path) -> str:
    """An item of CSL-JSON as the entry of a bibliography in a style, plain text.

    Styles are files (https://github.com/citation-style-language/styles); none is shipped. Raises ``NeedsExtra`` and
    ``BadValue`` for what is no style.
    """
    if find_spec("citeproc") is None:
        raise NeedsExtra("styles", "styles of the Citation Style Language")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of variables that it does not know
        return one_line(_set(item, style))


def _set(item: dict[str, Any], style: Path) -> str:
    import citeproc  # noqa: PLC0415 - an extra
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415 - an extra

    if not style.is_file():
        raise BadValue(
            "style", str(style), "a file of the Citation Style Language, like chicago-notes-bibliography.csl"
        )
    known = {name: value for name, value in item.items() if name != "custom"}
    try:
        rules = citeproc.CitationStylesStyle(str(style), validate=False)
        bibliography = citeproc.CitationStylesBibliography(rules, CiteProcJSON([known]), citeproc.formatter.plain)
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"].lower())]))
        found = [str(entry) for entry in bibliography.bibliography()]
    except Exception as error:  # it raises whatever its reading of a bad file runs into
        raise BadValue("style", str(style), f"a style that can be read ({error or type(error).__name__})") from error
    return found[0] if found else ""
