"""WHEN: a date, a time, or a span from now."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.when import read_when

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("14d", timedelta(days=14)),
        ("2h", timedelta(hours=2)),
        ("30m", timedelta(minutes=30)),
        ("1w", timedelta(weeks=1)),
        (" 3 d ", timedelta(days=3)),
    ],
)
def test_a_span_counts_from_now(words, span):
    assert read_when(words, NOW) == NOW + span


def test_a_span_of_hours_ends_on_a_full_minute():
    late = NOW.replace(second=31, microsecond=5)
    assert read_when("2h", late) == NOW.replace(hour=11, minute=1)
    assert read_when("14d", late) - late > timedelta(days=14)
    assert read_when("3m", late) == late + timedelta(minutes=3)


def test_a_date_means_its_end():
    assert read_when("2026-12-01", NOW) == datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)


def test_a_time_keeps_its_zone_and_takes_that_of_now_where_it_has_none():
    east = timezone(timedelta(hours=1))
    assert read_when("2026-12-01T17:00+01:00", NOW) == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert read_when("2026-12-01T17:00", NOW.astimezone(east)).utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    "words", ["", "soon", "14", "-2d", "2026-13-01", "123456d", "2026-12-01T25", "9999-12-31"]
)
def test_anything_else_is_refused_with_the_forms_there_are(words):
    with pytest.raises(BadInput) as refused:
        read_when(words, NOW)
    assert refused.value.code == "when"
    assert "14d" in refused.value.hint
