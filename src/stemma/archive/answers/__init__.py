"""The questions that an archive answers."""
