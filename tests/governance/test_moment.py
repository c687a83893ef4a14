from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.moment import bound, in_words, instant, moment, until, written


@pytest.mark.parametrize(
    "text", ["2026-11-20T10:00:00Z", "2026-11-20T11:00:00+01:00", "2026-11-20 10:00+00:00"]
)
def test_a_time_with_a_zone_is_read(text):
    assert moment(text) == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-11-20",
        "2026-11-20T10:00:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_what_is_no_time_with_a_zone_is_refused(text):
    with pytest.raises(ValueError, match="is not a time with a zone"):
        moment(text)


def test_times_are_said_in_utc():
    at = datetime(2026, 9, 3, 1, 5, tzinfo=timezone(timedelta(hours=2)))
    assert in_words(at) == "2 September 2026, 23:05 UTC"


def test_a_bound_is_told_to_the_second_and_a_deed_to_the_minute():
    assert bound("2026-11-20T03:53:30Z") == "20 November 2026, 03:53:30 UTC"
    assert bound("2026-11-20T03:53:00Z") == "20 November 2026, 03:53 UTC"
    assert instant("2026-11-20T03:53:30Z") == "20 November 2026, 03:53 UTC"
    assert bound("soon") == instant("soon") == "soon"


@given(
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(8999, 12, 31)
    )
)
def test_what_is_written_is_read_back_to_the_second(at):
    assert moment(written(at)) == at.replace(microsecond=0)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(days=3, hours=23), "in 3 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(hours=23, minutes=59), "in 23 hours"),
        (timedelta(hours=1), "in 1 hour"),
        (timedelta(minutes=59, seconds=59), "in 59 minutes"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(seconds=59), "in less than a minute"),
        (timedelta(0), "now"),
        (timedelta(seconds=-59), "less than a minute ago"),
        (timedelta(minutes=-20), "20 minutes ago"),
        (timedelta(days=-2), "2 days ago"),
    ],
)
def test_how_long_until_a_time_is_said_in_its_largest_unit(away, said):
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert until(written(now + away), now) == said


@pytest.mark.parametrize("stamp", ["soon", "2026-11-20T10:00:00"])
def test_a_time_that_cannot_be_read_is_said_as_it_stands(stamp):
    assert until(stamp, datetime(2026, 11, 20, 10, tzinfo=UTC)) == stamp


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_name(month):
    at = datetime(2026, month, 1, tzinfo=UTC)
    assert in_words(at) == f"1 {at:%B} 2026, 00:00 UTC"
