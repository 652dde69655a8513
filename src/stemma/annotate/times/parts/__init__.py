"""From text to parts: vocabulary, scanner and the notation of patterns over parts."""
