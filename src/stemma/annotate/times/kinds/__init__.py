"""The families of time expressions; importing one enters its rules into the grammar."""
