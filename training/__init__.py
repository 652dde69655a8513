"""Programs that make what the package ships and that no reader of it runs."""
