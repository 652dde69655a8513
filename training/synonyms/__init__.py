"""Makes the table of words of like sense that ``stemma.collate.occasion`` holds."""
