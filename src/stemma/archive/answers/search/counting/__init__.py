"""Counts over what a query finds: facets, days, and the weights by which hits are ranked."""
