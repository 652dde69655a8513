"""How names are spelled: scripts, romanisations and sounds."""
