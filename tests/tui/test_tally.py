"""What a count says of itself: what is met, and what would turn it."""

from dataclasses import dataclass, field

from manifesto_tui.governance.outcome import ConstituencyCount, QuorumMet, Tally, ThresholdMet
from manifesto_tui.tui.draw.tally import bar, turning


@dataclass
class Counted:
    """A count of an assembly of ten, to be varied."""

    for_: int
    against: int
    missing: int
    rule: str = "at least 2/3 of for and against"
    quorum: int = 5
    constituencies: dict[str, ConstituencyCount] = field(default_factory=dict)

    def tally(self) -> Tally:
        present = self.for_ + self.against
        return Tally(
            ballot="k7f3",
            state="open",
            outcome="open",
            would_be="lost",
            for_=self.for_,
            against=self.against,
            abstain=0,
            object=0,
            electorate=present + self.missing,
            quorum=QuorumMet(self.quorum, present, present >= self.quorum),
            threshold=ThresholdMet(
                self.rule, 0, self.for_, present, self.for_ * 3 >= 2 * present and self.for_ > 0
            ),
            constituencies=self.constituencies,
            votes=(),
            not_voted=tuple(f"member-{n}" for n in range(self.missing)),
            subject="k7f3",
        )


def test_a_missing_quorum_says_how_many_have_to_vote():
    assert turning(Counted(2, 1, 7).tally())[0] == (
        "2 more members have to vote for a quorum; 7 have not voted."
    )


def test_a_missed_share_says_how_many_would_reach_it():
    assert turning(Counted(3, 3, 4).tally()) == ["3 more for it would reach the share."]


def test_a_share_out_of_reach_says_so():
    assert "and only 1 has not voted" in turning(Counted(2, 6, 1).tally())[0]


def test_a_carrying_count_says_what_would_turn_it():
    assert turning(Counted(6, 1, 3).tally()) == [
        "3 more against it would turn it; 3 have not voted."
    ]


def test_when_all_have_voted_only_changed_votes_turn_it():
    assert turning(Counted(3, 3, 0).tally()) == [
        "Everyone has voted; only changed votes can turn it."
    ]


def test_a_constituency_that_has_not_agreed_is_named():
    patients = ConstituencyCount(0, 1, 0, 0, 3, 1, met=False)
    said = turning(Counted(6, 1, 3, constituencies={"patients": patients}).tally())
    assert said == ["patients: not agreed yet; 2 have not voted."]


def test_a_bar_shows_any_vote_at_all():
    assert bar(0, 1000) == ""
    assert bar(1, 1000) == "█"
    assert len(bar(1000, 1000)) == 24
