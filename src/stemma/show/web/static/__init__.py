"""Style sheets and scripts of the reader, served as they stand here."""
