"""Finds the excerpts of a document in which embedded data stands."""
