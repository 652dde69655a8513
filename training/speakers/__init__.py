"""Weights of the signs by which the speaker behind a source is told, fitted on the corpus' second layer."""
