"""What may be asked: addresses that can be read in one way only, and servers that stand on the public Internet."""
