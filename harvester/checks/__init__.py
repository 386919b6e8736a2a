"""Finds out which locations are still available."""
