"""The captures of one page: what became of it from one to the next, and any two of them laid side by side."""
