"""Turns excerpts into values, whatever form they stand in."""
