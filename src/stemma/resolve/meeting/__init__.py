"""Which names meet, by keys that their forms share, and what is judged of those that do."""
