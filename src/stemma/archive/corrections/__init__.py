"""People's words: what was set right, withdrawn, redacted; laid over what was derived, which is never changed."""
