"""Packed files opened piece by piece: gzip and ZIP. Nothing is written to disk, no bomb is unpacked to its end."""
