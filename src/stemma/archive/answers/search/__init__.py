"""Search: the query language, what a query means here, its hits, facets and days."""
