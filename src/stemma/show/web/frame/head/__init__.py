"""The head of every page, and the shortcuts that work on every page."""
