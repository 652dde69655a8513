"""Makes the tables of places and of personal names that ``stemma.text.gazetteer`` holds."""
