"""How an archive lies on disk: one SQLite file and the captures beside it."""
