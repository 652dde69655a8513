"""Words, tokens and noun phrases: what the rules need to know of English without a parser."""
