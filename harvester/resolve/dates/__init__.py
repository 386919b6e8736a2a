"""Reads dates from fields, names, paths and identifiers, as evidence that says what it rests on.

Nothing here knows what time it is: `before` is when the document was captured, and nothing later than that
is read as a date. Where it is None the window ends with what 32 signed bits of Unix seconds can say,
2038-01-19.
"""

from harvester.resolve.dates.agreement import corroborate
from harvester.resolve.dates.declared import declared_time
from harvester.resolve.dates.fields import dates_in_field
from harvester.resolve.dates.names import dates_in_id, dates_in_name

__all__ = ["corroborate", "dates_in_field", "dates_in_id", "dates_in_name", "declared_time"]
