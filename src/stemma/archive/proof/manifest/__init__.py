"""What an archive holds, written down in a form that can be signed, kept elsewhere, and held against it later."""
