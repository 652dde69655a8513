"""Many keys at once: what tells, before any words are read, which passages are worth comparing under which of them."""
