"""What to ask about a location and what follows from the answers; no network, no clock, no chance."""
