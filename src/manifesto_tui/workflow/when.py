"""Reads WHEN: a date, a time, or a span from now.

    >>> read_when("14d", datetime(2026, 11, 1, 9, tzinfo=UTC)).isoformat()
    '2026-11-15T09:00:00+00:00'

A date alone means the end of that day, so that "closes on the 15th" includes the 15th. A time
without a zone is in the zone of `now`. A span of hours or more ends on the next full minute, so
that nobody has to be told seconds.
"""

import re
from datetime import UTC, datetime, timedelta

from manifesto_tui.governance.moment import YEARS
from manifesto_tui.governance.problem import BadInput

_SPAN = re.compile(r"(\d{1,5})\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_END = "23:59:59"
_HINT = "Write a date (2026-12-01), a time (2026-12-01T17:00Z) or a span from now (14d, 2h, 30m)."


def read_when(text: str, now: datetime) -> datetime:
    """Returns the moment that `text` names, seen from `now`; BadInput "when" else."""
    words = text.strip()
    span = _SPAN.fullmatch(words)
    try:
        if span:
            end = now + timedelta(**{_UNITS[span[2]]: int(span[1])})
            return end if span[2] == "m" else _on_the_minute(end)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            words = f"{words}T{_END}"
        moment = datetime.fromisoformat(words)
        if moment.year not in YEARS:
            raise ValueError
    except (ValueError, OverflowError):
        raise BadInput("when", f"“{text}” is not a time.", _HINT) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo or UTC)


def _on_the_minute(at: datetime) -> datetime:
    over = timedelta(seconds=at.second, microseconds=at.microsecond)
    return at + timedelta(minutes=1) - over if over else at
