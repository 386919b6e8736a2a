"""Drives checks: one queue a host, a journal that survives being killed, and what follows for a manifest."""
