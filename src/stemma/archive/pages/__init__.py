"""Pages in the archive: kept, read back, and indexed."""
