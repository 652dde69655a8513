"""Weights of the comparer of names, fitted on names that are made up here."""
