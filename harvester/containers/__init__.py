"""Unpacks streams into documents."""
