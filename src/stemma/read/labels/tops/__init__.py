"""The top of a page: who prints it, above the headline."""
