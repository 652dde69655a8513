"""Measuring: one entry point for every topic, floors that only rise."""
