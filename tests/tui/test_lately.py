"""However many amendments are looked through, only what was looked at last takes room."""

from manifesto_tui.tui.lately import MOST, Lately


def test_what_was_looked_at_longest_ago_is_let_go():
    seen = Lately()
    assert seen.take({str(number): number for number in range(MOST)}) == []
    assert seen.again("0")
    assert seen.take({"more": 1}) == ["1"]
    assert len(seen) == MOST
    assert "0" in seen
    assert not seen.again("1")
