"""One module a topic: the scorer's input form in, its prediction form out."""
