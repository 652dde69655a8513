"""Captures as one file that replays in a browser: WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/)."""

from stemma.archive.captures.wacz.writing import Packed, write_wacz

__all__ = ["Packed", "write_wacz"]
