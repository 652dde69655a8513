"""What concerns several pages: facts given by Group stages, and the groups that views are made of."""
