"""The proof of what concerns several pages: facts, offers, what keys gave, views."""
