"""How many bytes packed files may unpack to: in proportion to what they are, so that a bomb ends early."""

from __future__ import annotations

import zlib
from io import RawIOBase

MOST_GROWTH = 100  #: unpacked size to packed size of the whole; news pages reach 10, repeated ones 50
ALWAYS = 64 * 2**20  #: bytes that any packed file may unpack to


class Bomb(zlib.error):
    """More comes out of a packed file than its size allows."""

    def __init__(self) -> None:
        super().__init__("it unpacks to far more than its size, as bombs do")


class Budget:
    """What one packed file of ``size`` bytes may still unpack to."""

    def __init__(self, size: int) -> None:
        self._left = ALWAYS + MOST_GROWTH * size

    def spend(self, size: int) -> None:
        """Count bytes. Raises ``Bomb`` when they are too many."""
        self._left -= size
        if self.is_spent:
            raise Bomb

    @property
    def is_spent(self) -> bool:
        """Whether it was too much."""
        return self._left < 0


class Unpacking(RawIOBase):
    """A stream of unpacked bytes, counted against a budget; whoever makes one says how to get the next of them."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer; 0 at the end. Raises ``Bomb`` and what ``next_part`` raises."""
        part = self.next_part(len(buffer))
        self._budget.spend(len(part))
        buffer[: len(part)] = part
        return len(part)

    def next_part(self, most: int) -> bytes:
        """The next bytes, empty at the end. Raises ``OSError``, ``EOFError`` or ``zlib.error`` for damage."""
        raise NotImplementedError
