"""People's words as a reader sees them: fields set right, what was withdrawn, the log of all that was said."""
