"""What HTML tags, script literals and escapes look like in bytes; locating and decoding both read by it."""
