"""The proof of pages: what was found in them, and the narrow tables and indexes over it."""
