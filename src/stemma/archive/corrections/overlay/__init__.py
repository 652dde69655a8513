"""The effective reading of a page: what was derived, with people's words laid over it; pure functions."""
