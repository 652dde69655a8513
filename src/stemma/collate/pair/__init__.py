"""Two witnesses side by side, word by word."""
