"""The door of the reader where it is served to others: where it stands, who comes in, and what each may see."""
