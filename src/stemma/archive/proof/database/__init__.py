"""The proof of the database as a file: its pages, its layout, its log."""
