"""Builds and writes what a harvest saves."""
