"""Writes times as people say them."""

from datetime import datetime


def day(stamp: str) -> str:
    """Returns "20 Nov 2026" for an ISO 8601 time, or the words as they are where it is none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return f"{moment.day} {moment:%b %Y}"


def short_day(stamp: str, now: datetime) -> str:
    """Returns "20 Nov" for a time in this year, else the day with its year."""
    said = day(stamp)
    return said.removesuffix(f" {now.year}")


def moment(stamp: str) -> str:
    """Returns "20 Nov 2026, 10:04 UTC", or the words as they are where they are no time."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    zone = at.tzname() or ""
    return f"{at.day} {at:%b %Y, %H:%M} {zone}".rstrip()


def until(stamp: str, now: datetime) -> str:
    """Returns how long until a time: "in 3 days", "in 5 hours", "20 minutes ago"."""
    try:
        seconds = (datetime.fromisoformat(stamp) - now).total_seconds()
    except (ValueError, TypeError):
        return stamp
    size = abs(seconds)
    for length, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if size >= length:
            count = int(size // length)
            said = f"{count} {name}{'s' if count > 1 else ''}"
            return f"in {said}" if seconds > 0 else f"{said} ago"
    return "now"
