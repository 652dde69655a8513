"""Who may be one with somebody: pairs that comparers left open and near names, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stemma.archive.answers.articles import judgements_on, person_at
from stemma.archive.answers.names import entity_of, is_resolved, name_of_entity, preferred_name, siblings
from stemma.archive.catalogue.views import Pair, Side
from stemma.archive.corrections.access import suppressed
from stemma.archive.corrections.desk.sides import first_of
from stemma.archive.corrections.standing import age
from stemma.archive.pages.add import document_row
from stemma.archive.pages.leaf import load_leaf
from stemma.archive.relations.entities import edges_of, entity_row, is_decided
from stemma.archive.relations.facts import mention_name
from stemma.archive.store.packing import unpack_record
from stemma.archive.store.store import Store
from stemma.archive.store.words import phrase
from stemma.archive.store.words.wanted import Phrase
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Judgement
from stemma.text.words import WORD, fold

_CANDIDATES = 8  #: pairs shown of somebody
_LIKE = 0.5  #: share of words in common from which two names are near
_FEWEST = 2  #: letters of a word by which near names are looked for
_MOST_ALIKE = 200  #: names looked at for each word
_SHARED = 500  #: pages looked at for those that name both
_AROUND = 90  #: characters of text on either side of a mention
_TOLD = 6  #: forms, roles, outlets of a side
_UNSURE = 400  #: newest judgements looked through for open pairs
_MOST_PAIRS = 200  #: judgements by which forms are moved out


def open_pairs(store: Store, limit: int, skipped: Iterable[str] = ()) -> list[Judgement]:
    """Judgements of comparers that leave it open, the surest first, of the newest.

    A pair that a person decided is none, nor one that is joined by other ways, nor one of which one form is resolved
    in every page that holds it, nor one of which one is not listed.
    """
    rows = store.all(
        "SELECT fact.body, one.row, other.row FROM fact NOT INDEXED JOIN name AS one ON one.row = left "
        "JOIN name AS other ON other.row = right WHERE fact.kind = 'j' AND binds = 0 "
        "AND coalesce(one.entity, one.row) <> coalesce(other.entity, other.row) "
        "AND NOT EXISTS (SELECT 1 FROM hidden WHERE name IN (left, right)) ORDER BY fact.row DESC LIMIT ?",
        _UNSURE,
    )
    passed, found = set(skipped), list[Judgement]()
    for record, one, other in sorted(_unsure(rows), key=lambda each: (-each[0].score, each[0].id)):
        if record.id not in passed and _is_open(store, one, other):
            found.append(record)
        if len(found) == limit:
            break
    return found


def _unsure(rows: Iterable[tuple[bytes, int, int]]) -> Iterator[tuple[Judgement, int, int]]:
    for body, one, other in rows:
        record = unpack_record(body)
        if isinstance(record, Judgement) and record.verdict == "unsure":
            yield record, one, other


def _is_open(store: Store, one: int, other: int) -> bool:
    if not suppressed(store).keys().isdisjoint((one, other)) or is_decided(store, one, other):
        return False
    return not any(is_resolved(store, row) for row in (one, other))


def pairs_of(store: Store, entity: str) -> list[Pair]:
    """Those who may be one with somebody, the likeliest first."""
    name = name_of_entity(store, entity)
    names = set(siblings(store, name))
    found: dict[int, Pair] = {}
    for judgement in sorted(judgements_on(store, names), key=lambda each: -each.score):
        other = _other(store, judgement, names) if judgement.run and judgement.verdict == "unsure" else None
        if other is not None and entity_row(store, other) not in found and not _is_settled(store, names, other):
            found[entity_row(store, other)] = pair_of(store, judgement)
    for other in _near(store, name, names):
        if len(found) < _CANDIDATES and entity_row(store, other) not in found and not _is_settled(store, names, other):
            found[entity_row(store, other)] = _pair(store, name, other, (entity, entity_of(store, other)), None)
    return list(found.values())[:_CANDIDATES]


def _other(store: Store, judgement: Judgement, names: set[int]) -> int | None:
    """The name beside those of an entity; None where both sides are of it, or the other is not listed."""
    ends = {mention_name(store, judgement.left), mention_name(store, judgement.right)} - names - {None}
    other = next(iter(ends), None)
    return None if other is None or other in suppressed(store) else other


def _is_settled(store: Store, names: set[int], other: int) -> bool:
    """Whether a person said something of two entities."""
    return bool(_said_between(store, names, set(siblings(store, other))))


def _said_between(store: Store, one: set[int], other: set[int]) -> list[Judgement]:
    """What people said of the names of two entities and hold, the newest word on each pair of names first."""
    newest: dict[frozenset[int], Judgement] = {}
    small, large = sorted((one, other), key=len)
    for name in small:
        for _, edge in edges_of(store, name, binding=True):
            if edge.personal and ({*edge[:2]} - {name} or {name}) <= large:
                known = newest.get(pair := frozenset(edge[:2]))
                newest[pair] = edge.judgement if known is None else max(known, edge.judgement, key=age)
    return sorted(newest.values(), key=age, reverse=True)


def _near(store: Store, name: int, names: set[int]) -> list[int]:
    """Names of other entities of the same kind that share most of their words with the preferred form."""
    form, hidden = preferred_name(store, name), suppressed(store)
    kind, wanted = store.all("SELECT kind FROM name WHERE row = ?", name)[0][0], _words(form)
    terms = {term for word in wanted if len(word) >= _FEWEST and (term := phrase(word))}
    rows = {row for term in terms for row in _with_word(store, term)}
    near: list[tuple[float, int, int]] = []
    for row in rows - names - hidden.keys():
        other, of_kind, count = store.all("SELECT form, kind, count FROM name WHERE row = ?", row)[0]
        share = len(wanted & _words(other)) / max(1, len(wanted | _words(other)))
        if of_kind == kind and count and share >= _LIKE:
            near.append((-share, -count, row))
    return [row for *_, row in sorted(near)]


def _with_word(store: Store, word: Phrase) -> list[int]:
    """The first names that hold a word."""
    test = store.words.holds("names", word)
    sql = f"SELECT rowid FROM names WHERE {test.sql} ORDER BY rowid LIMIT ?"  # noqa: S608 (a test of ours)
    return [row for (row,) in store.all(sql, *test.values, _MOST_ALIKE)]


def _words(form: str) -> set[str]:
    return set(WORD.findall(fold(form)))


def pair_of(store: Store, judgement: Judgement) -> Pair:
    """The two of a judgement, with what speaks for and against their being one. Raises ``BadValue`` for stale ones."""
    left, right = (mention_name(store, each) for each in (judgement.left, judgement.right))
    if left is None or right is None:
        raise BadValue("pair", judgement.id, "a judgement of two names that are here")
    return _pair(store, left, right, (judgement.left, judgement.right), judgement)


def pair_between(store: Store, one: str, other: str) -> Pair:
    """The same of two entities by their ids."""
    return _pair(store, name_of_entity(store, one), name_of_entity(store, other), (one, other), None)


def _pair(store: Store, one: int, other: int, ids: tuple[str, str], unsure: Judgement | None) -> Pair:
    names = [set(siblings(store, one)), set(siblings(store, other))]
    left, right = _side(store, one, names[0]), _side(store, other, names[1])
    shared = _together(store, *names)
    apart = tuple(each for each in _said_between(store, *names) if each.verdict == "different")
    return Pair(
        left, right, ids, unsure,
        tuple(_for(left, right, unsure, shared)), tuple(_against(left, right, unsure, shared)), apart,
    )  # fmt: skip


def _side(store: Store, name: int, names: set[int]) -> Side:
    marks = ",".join(map(str, sorted(names)))
    pages, first, last = store.all(
        "SELECT count(*), min(published), max(published) FROM "  # noqa: S608 (row numbers)
        f"(SELECT DISTINCT document FROM uses WHERE name IN ({marks})) AS held JOIN document ON document.row = document"
    )[0]
    known = person_at(store, name, 0)
    outlets = dict.fromkeys(outlet for form in known.forms for outlet in form.outlets)
    return Side(
        known.id, known.name, known.kind, tuple(form.name for form in known.forms[:_TOLD]),
        tuple(dict.fromkeys(" ".join(role.split()) for role, *_ in known.roles))[:_TOLD], tuple(outlets)[:_TOLD],
        (first or "")[:10] or None, (last or "")[:10] or None, pages, *_words_around(store, name),
    )  # fmt: skip


def _words_around(store: Store, name: int) -> tuple[str, str | None]:
    """The words around the first mention of a spelling, and the page that has them."""
    try:
        place = first_of(store, name, "").evidence
    except NoSuchRecord:
        return "", None
    text = load_leaf(store, document_row(store, place.document) or 0).document.text
    cut = text[max(0, place.start - _AROUND) : place.end + _AROUND]
    return " ".join(cut.split()), place.document


def _together(store: Store, one: set[int], other: set[int]) -> int:
    """Pages that name both, of the newest that name one."""
    few, many = (",".join(map(str, sorted(names))) for names in sorted((one, other), key=len))
    return int(store.all(
        f"SELECT count(*) FROM (SELECT DISTINCT document FROM uses WHERE name IN ({few}) ORDER BY document DESC "  # noqa: S608 (row numbers)
        f"LIMIT {_SHARED}) AS held WHERE EXISTS (SELECT 1 FROM uses WHERE name IN ({many}) "
        "AND uses.document = held.document)"
    )[0][0])  # fmt: skip


def _is_part(left: Side, right: Side) -> bool:
    """Whether one is called by some of the other's words: a page that names both may mean one by them."""
    one, other = _words(left.name), _words(right.name)
    return one < other or other < one


def _for(left: Side, right: Side, unsure: Judgement | None, shared: int) -> Iterator[str]:
    if unsure:
        yield f"{'; '.join(unsure.reasons)} ({unsure.by}, {unsure.score * 100:.0f} %)"
    elif alike := _words(left.name) & _words(right.name):
        yield f"the names share {', '.join(sorted(alike))}"
    if roles := {fold(each): each for each in left.roles}.keys() & {fold(each) for each in right.roles}:
        yield f"the same role: {', '.join(each for each in left.roles if fold(each) in roles)}"
    if outlets := [each for each in left.outlets if each in right.outlets]:
        yield f"both named by {', '.join(outlets)}"
    if shared and _is_part(left, right):
        yield f"{shared} page{'s' if shared != 1 else ''} name both: the short form may stand for the long one"


def _against(left: Side, right: Side, unsure: Judgement | None, shared: int) -> Iterator[str]:
    if shared and not _is_part(left, right):
        yield f"{shared} page{'s' if shared != 1 else ''} name both side by side"
    if left.kind != right.kind:
        yield f"one is taken for a {left.kind}, the other for a {right.kind}"
    if left.roles and right.roles and not {fold(each) for each in left.roles} & {fold(each) for each in right.roles}:
        yield "no role in common"
    if left.first and right.first and ((left.last or "") < right.first or (right.last or "") < left.first):
        yield "no day in common: all pages that name one are earlier than those that name the other"
    if not unsure:
        yield "the comparer did not take them for one"


def parted(store: Store, entity: str, forms: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of mentions that a person must keep apart so that some forms of somebody leave the others.

    Raises ``BadValue`` where nothing or everything would leave, and for spellings that are one by rule.
    """
    sql = "SELECT form FROM name WHERE row = ?1 AND EXISTS (SELECT 1 FROM uses WHERE name = ?1)"
    names = siblings(store, name_of_entity(store, entity))
    rows = {row: found[0] for row in names if (found := store.one(sql, row))}
    go = {row for row, form in rows.items() if form in set(forms)}
    stay = rows.keys() - go
    if not go or not stay:
        raise BadValue("forms", "; ".join(forms), "some of the forms, and not all that pages use")
    keys = {row: fold(form) for row, form in rows.items()}
    if both := {keys[row] for row in go} & {keys[row] for row in stay}:
        raise BadValue("forms", ", ".join(sorted(both)), "all spellings together that differ by case or accents alone")
    one_each = [{keys[row]: row for row in sorted(some, reverse=True)}.values() for some in (go, stay)]
    if len(one_each[0]) * len(one_each[1]) > _MOST_PAIRS:
        raise BadValue("forms", len(go), f"fewer forms at a time: {_MOST_PAIRS} pairs are kept apart at once")
    mentions = {row: first_of(store, row, keys[row]).id for some in one_each for row in some}
    return [(mentions[one], mentions[other]) for one in one_each[0] for other in one_each[1]]
