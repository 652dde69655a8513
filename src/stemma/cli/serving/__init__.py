"""Verbs that let others in: serve, account, watches."""
