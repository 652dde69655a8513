"""Ids as integers: the kind's letter and the first eight of its sixteen digits, in the order of the text.

Forty bits do not tell ten million records apart for certain, so whatever is found is compared with the whole id.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b

_KEPT = 8  #: digits of an id that go into its key
_BITS = 5 * _KEPT
#: Base-32 digits of an id (RFC 4648, lower case) in text order, as the digits that ``int(_, 32)`` reads.
_READABLE = str.maketrans("234567abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuv")
_LOWEST, _HIGHEST = "2", "z"


def key_of(record_id: str) -> int:
    """The key of a whole id."""
    return (ord(record_id[0]) - 97 << _BITS) | int(record_id[1 : 1 + _KEPT].translate(_READABLE), 32)


def key_range(prefix: str) -> tuple[int, int] | None:
    """The first and last key that an id with this beginning may have; None where no id begins so."""
    digits = prefix[1 : 1 + _KEPT]
    if not prefix[:1].isascii() or not prefix[:1].islower() or prefix[1:].strip("234567abcdefghijklmnopqrstuvwxyz"):
        return None
    return key_of(prefix[0] + digits.ljust(_KEPT, _LOWEST)), key_of(prefix[0] + digits.ljust(_KEPT, _HIGHEST))


def mint(letter: str, *parts: str) -> str:
    """An id for a view: a hash of its parts in the form of a record's id."""
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return letter + b32encode(digest).decode().lower()


def number(size: int, *parts: str) -> int:
    """A hash of ``size`` bytes that SQLite stores as an integer of that size."""
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=size).digest()
    return int.from_bytes(digest, "big", signed=True)
