"""What a count looks like."""

from manifesto_tui.tui.draw.tally import bar


def test_a_bar_shows_any_vote_at_all():
    assert bar(0, 1000) == ""
    assert bar(1, 1000) == "█"
    assert len(bar(1000, 1000)) == 24
