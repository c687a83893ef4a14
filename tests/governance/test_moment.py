from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.moment import in_words, moment, written


@pytest.mark.parametrize(
    "text", ["2026-11-20T10:00:00Z", "2026-11-20T11:00:00+01:00", "2026-11-20 10:00+00:00"]
)
def test_a_time_with_a_zone_is_read(text):
    assert moment(text) == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-11-20", "2026-11-20T10:00:00"])
def test_what_is_no_time_with_a_zone_is_refused(text):
    with pytest.raises(ValueError, match="is not a time with a zone"):
        moment(text)


def test_times_are_said_in_utc():
    at = datetime(2026, 9, 3, 1, 5, tzinfo=timezone(timedelta(hours=2)))
    assert in_words(at) == "2 September 2026, 23:05 UTC"


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)))
def test_what_is_written_is_read_back_to_the_second(at):
    assert moment(written(at)) == at.replace(microsecond=0)
