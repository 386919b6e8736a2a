"""Opens what the user names and streams its bytes."""
