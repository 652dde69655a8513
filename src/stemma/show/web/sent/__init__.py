"""What people send to the reader, and what they are told where it cannot be done."""
