"""The bytes of pages as they came, in WARC segments beside the database (ISO 28500, WARC/1.1)."""
