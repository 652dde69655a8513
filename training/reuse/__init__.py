"""Training of the trees that tell reuse from chance (``stemma.collate.pair.likeness``)."""
