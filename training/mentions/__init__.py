"""Fits the weights by which a page's names get their kinds."""
