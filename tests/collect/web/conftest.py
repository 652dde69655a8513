"""Fixtures of the web: a server on loopback, and a wall around it."""

from loopback import _wall, serve

__all__ = ["_wall", "serve"]
