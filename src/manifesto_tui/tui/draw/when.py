"""Writes times as people say them."""

from datetime import datetime

from manifesto_tui.governance.moment import clock


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
    """Returns when something ends, "20 Nov 2026, 10:04 UTC", or the words where it is no time."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    zone = at.tzname() or ""
    return f"{at.day} {at:%b %Y}, {clock(at)} {zone}".rstrip()


def minute(stamp: str) -> str:
    """Returns the minute in which something was done, as `moment` writes it."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return moment(at.replace(second=0).isoformat())
