"""Reads and writes the moments that the record names: ISO 8601, always with a zone.

>>> written(moment("2026-11-20T11:04:00+01:00"))
'2026-11-20T10:04:00Z'
"""

from datetime import UTC, datetime

from manifesto_tui.governance.phrases import counted

YEARS = range(1000, 9000)
"""The years of times that count: any number of days that rules name may be added to them."""


def moment(written: str) -> datetime:
    """Reads an ISO 8601 time with a zone.

    Raises ValueError with a sentence where it is no time or has no zone: a time without one
    means something else in every clone. So does one so far off that it cannot be counted with.
    """
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.year not in YEARS:
        raise ValueError(
            f"“{written}” is not a time with a zone; write it like “2026-11-20T10:04:00Z”."
        )
    return found.astimezone(UTC)


def written(at: datetime) -> str:
    """Writes a time as the record does: in UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def clock(at: datetime) -> str:
    """Writes the time of day from which, or until which, something may be done.

    It has seconds where it is no full minute: what closes at 10:04:30 is still open at 10:04. The
    last minute of a day says by itself that the day is over then.

    >>> clock(moment("2026-11-20T10:04:30Z")), clock(moment("2026-11-20T10:04:00Z"))
    ('10:04:30', '10:04')
    """
    return f"{at:%H:%M:%S}" if at.second and (at.hour, at.minute) != (23, 59) else f"{at:%H:%M}"


def in_words(at: datetime) -> str:
    """Writes a time for people, in UTC: `20 November 2026, 10:04 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}, {clock(utc)} UTC"


def bound(stamp: str) -> str:
    """Returns when something ends or begins, in words, or what is written where it is no time."""
    try:
        return in_words(moment(stamp))
    except ValueError:
        return stamp


def instant(stamp: str) -> str:
    """Returns the minute in which something was done, in words, or what is written."""
    try:
        return in_words(moment(stamp).replace(second=0))
    except ValueError:
        return stamp


def day(stamp: str) -> str:
    """Returns the day of a moment in words, or what is written where it is none."""
    return instant(stamp).partition(",")[0]


def until(stamp: str, now: datetime) -> str:
    """Returns how long until a time: "in 3 days", "in 5 hours", "20 minutes ago"."""
    try:
        seconds = (datetime.fromisoformat(stamp) - now).total_seconds()
    except (ValueError, TypeError):
        return stamp
    size = abs(seconds)
    for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if size >= length:
            said = counted(int(size // length), name)
            return f"in {said}" if seconds > 0 else f"{said} ago"
    if not seconds:
        return "now"
    return "in less than a minute" if seconds > 0 else "less than a minute ago"


# Named here, since strftime would ask the locale of whoever reads.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
