"""What would put another rival first: the numbers are enough, found by trying every answer."""

from dataclasses import replace
from itertools import combinations, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from governance.making import NOW, ballot_of, rank, roll_of
from governance.test_pencil import PHRASES, QUORUMS
from manifesto_tui.governance.ballot import STATUS_QUO
from manifesto_tui.governance.rules import READY, Rules, Threshold
from manifesto_tui.governance.tally import Tally, count

SIMPLE = READY["simple"]
NAMES = ("aaaa", "bbbb")


def tally_of(roll, rules, rankings, names=NAMES, **changed) -> Tally:
    """Counts what each member ranked, in the order of the roll; "" for who has not voted."""
    ballot = ballot_of(roll, rules, *names, **changed)
    votes = [
        rank(ballot, member.handle, *given.split())
        for member, given in zip(roll.active, rankings, strict=True)
        if given
    ]
    return count(ballot, votes, roll, rules, NOW)


def said(rules: Rules, rankings: list[str], **roll: int) -> tuple[str, ...]:
    return tally_of(roll_of(**roll), rules, rankings).what_would_change_it


def test_each_other_text_and_the_status_quo_says_what_would_put_it_first():
    rankings = [*["aaaa bbbb status-quo"] * 4, *["bbbb aaaa status-quo"] * 2, "", "", ""]
    assert said(SIMPLE, rankings, none=9) == (
        "3 more votes “bbbb > status-quo” would adopt bbbb.",
        "2 votes changed to “bbbb > status-quo” would adopt bbbb.",
        "2 more votes “bbbb > status-quo” would leave the text as it is.",
        "1 vote changed to “bbbb > status-quo” would leave the text as it is.",
        "So many votes are enough; of votes that differ, fewer might be.",
    )


def test_what_the_quorum_and_the_constituencies_lack_is_said():
    rules = READY["each-constituency"]
    rankings = ["aaaa status-quo"] * 3 + ["", "status-quo", ""]
    assert said(rules, rankings, clinicians=4, patients=2) == (
        "1 vote changed to “aaaa > status-quo” from patients would adopt aaaa.",
        "3 votes changed to “bbbb > status-quo”, at least 2 from clinicians, 1 from patients, "
        "would adopt bbbb.",
        "So many votes are enough; of votes that differ, fewer might be.",
    )
    assert said(SIMPLE, ["aaaa status-quo", *[""] * 9], none=10)[:2] == (
        "4 more members have to vote for a quorum, whatever they answer.",
        "4 more votes “aaaa > status-quo” would adopt aaaa.",
    )


def test_where_neither_is_enough_it_takes_both():
    rankings = ["status-quo", "status-quo", "", ""]
    rules = replace(SIMPLE, quorum=Threshold.parse("at least 1 of members"))
    assert said(rules, rankings, none=4)[1:3] == (
        "2 more votes, all there are, and 1 vote changed to “aaaa > status-quo” would adopt aaaa.",
        "2 more votes, all there are, and 1 vote changed to “bbbb > status-quo” would adopt bbbb.",
    )


def test_what_cannot_change_is_said_of_votes_alike_alone():
    rules = replace(SIMPLE, quorum=Threshold.parse("at least 5 members"))
    assert said(rules, ["status-quo"] * 2, none=2)[-1] == (
        "No votes that are all alike would change it."
    )


def test_a_closed_ballot_says_nothing():
    roll = roll_of(none=2)
    closed = tally_of(roll, SIMPLE, ["aaaa status-quo"] * 2, closes="2026-11-20T09:59:00Z")
    assert closed.what_would_change_it == ()
    assert closed.turning == ()


ALL = [
    " ".join(some)
    for size in (1, 2, 3)
    for some in permutations((*NAMES, STATUS_QUO), size)
    if STATUS_QUO in some
]


@st.composite
def ballots(draw):
    rules = replace(
        SIMPLE,
        quorum=draw(QUORUMS),
        threshold=draw(PHRASES),
        each=draw(st.none() | PHRASES),
        each_quorum=draw(st.none() | QUORUMS),
    )
    roll = roll_of(clinicians=draw(st.integers(0, 2)), none=draw(st.integers(1, 2)))
    return roll, rules, [draw(st.sampled_from(["", *ALL])) for _ in roll.active]


def moved(way, roll, rankings):
    """Yields the rankings after so many votes as a way says, from wherever they could come."""
    new = " ".join(way.ranking)
    places = range(len(rankings))
    missing = [at for at in places if not rankings[at]]
    other = [at for at in places if rankings[at] and rankings[at] != new]
    for gone in product(combinations(missing, way.further), combinations(other, way.changed)):
        from_whom = gone[1] if way.changed else gone[0]
        of = [roll.active[at].constituency for at in from_whom]
        if all(of.count(name) >= least for name, least in way.constituencies.items()):
            yield [new if at in (*gone[0], *gone[1]) else rankings[at] for at in places]


@settings(max_examples=60, deadline=None)
@given(ballots())
def test_so_many_votes_are_enough_and_where_any_are_some_are_found(made):
    roll, rules, rankings = made
    tally = tally_of(roll, rules, rankings)
    winner = tally.subject if tally.would_be == "carried" else ""
    for way in tally.turning:
        wanted = "" if way.text == STATUS_QUO else way.text
        assert wanted != winner
        ends = [tally_of(roll, rules, then) for then in moved(way, roll, rankings)]
        assert wanted in [end.subject if end.would_be == "carried" else "" for end in ends]
    told = {(way.text, bool(way.further), bool(way.changed)) for way in tally.turning}
    alone = [kind for kind in told if kind[1:] != (True, True)]
    for then in product(*([now] if now else ["", *ALL] for now in rankings)):
        end = tally_of(roll, rules, then)
        text = end.subject if end.would_be == "carried" else STATUS_QUO
        if text != (winner or STATUS_QUO):
            assert (text, True, False) in alone
