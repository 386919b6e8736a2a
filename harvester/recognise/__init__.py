"""Reads records in decoded values as findings."""
