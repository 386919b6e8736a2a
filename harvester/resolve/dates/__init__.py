"""Reads dates from fields, names, paths and identifiers, as evidence that says what it rests on.

Nothing here knows what time it is: `before` is when the document was captured, and nothing later than that
is read as a date. Where it is None the window ends with what 32 signed bits of Unix seconds can say,
2038-01-19.
"""
