"""Who took it from whom: hops, lost exemplars, and which witness is the earliest that is known."""
