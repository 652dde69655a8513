"""Training of the line scorer: made-up pages with gold labels, and the network that is fitted to them."""
