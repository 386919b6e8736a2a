"""Concludes items from findings: URLs, dates, identity."""
