"""``python -m stemma``: the same as ``stemma``."""

from stemma.cli import main

if __name__ == "__main__":
    main()
