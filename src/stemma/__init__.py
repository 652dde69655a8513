"""Stemma: an archive of who said what, with the evidence for it."""
