"""Two counts that share no arithmetic agree on every generated assembly."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from governance import pencil
from governance.making import (
    AFTER,
    CLOSES,
    NOW,
    acceptance_of,
    ballot_of,
    letters,
    proxy_of,
    vote_of,
)
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Mandates, Proxy
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import READY, Threshold
from manifesto_tui.governance.tally import count

PHRASES = st.sampled_from(
    [
        f"{how} {share} of {of}"
        for how in ("at least", "more than")
        for share in ("0", "1/3", "1/2", "2/3", "3/5", "1")
        for of in ("votes cast", "for and against", "members")
    ]
).map(Threshold.parse)
QUORUMS = st.sampled_from(
    [
        "at least 1/2 of members",
        "more than 1/2 of members",
        "at least 3 members",
        "more than 3 members",
        "at least 0 members",
    ]
).map(Threshold.parse)
RULES = st.builds(
    lambda rules, quorum, threshold, each, each_quorum, objections, signatures, proxies: replace(
        rules,
        quorum=quorum,
        threshold=threshold,
        each=each,
        each_quorum=each_quorum,
        objections=objections,
        signatures=signatures,
        proxies=proxies,
    ),
    st.sampled_from(list(READY.values())),
    QUORUMS,
    PHRASES,
    st.none() | PHRASES,
    st.none() | QUORUMS,
    st.none() | PHRASES,
    st.sampled_from(["optional", "optional", "required"]),
    st.integers(0, 2),
)


@st.composite
def elections(draw):
    rules = draw(RULES)
    members = tuple(
        Member(f"m{letters(n)}", "Made up", draw(GROUPS), retired=draw(st.integers(0, 9)) == 0)
        for n in range(draw(st.integers(0, 12)))
    )
    roll = Roll(members)
    rivals = draw(
        st.sampled_from([("k7f3",), ("k7f3",), ("aaaa", "bbbb"), ("aaaa", "bbbb", "cccc")])
    )
    ballot = ballot_of(roll, rules, *rivals)
    if len(rivals) == 1 and draw(st.integers(0, 5)) == 0:
        ballot = replace(ballot, threshold="no objection", quorum="at least 0 members", each="")
    votes = [
        draw(answers(ballot, voter, n))
        for voter in [*(m.handle for m in members), "stranger"]
        for n in range(1, draw(st.integers(0, 2)) + 1)
    ]
    return ballot, votes, roll, rules, draw(mandates([m.handle for m in members]))


@st.composite
def mandates(draw, handles):
    """Proxies and acceptances, most of them in order, in any number and order of files."""
    if len(handles) < 2:
        return Mandates()
    given, accepted, used = [], [], {}
    for _ in range(draw(st.integers(0, 6))):
        giver = draw(st.sampled_from(handles))
        holder = draw(st.sampled_from([*handles, *handles, "", "stranger"]))
        n = used[giver] = used.get(giver, 0) + 1
        given.append(slipped(draw, proxy_of(giver, holder, n)))
    for proxy in given:
        holder = proxy.holder
        if not holder or draw(st.integers(0, 4)) == 0:
            continue
        n = used["to", holder] = used.get(("to", holder), 0) + 1
        accepted.append(slipped(draw, acceptance_of(proxy, n)))
    return Mandates(tuple(given), tuple(draw(st.permutations(accepted))))


def slipped(draw, file):
    """The file, in one of many cases with something that voids it."""
    time = "given" if isinstance(file, Proxy) else "accepted"
    slips = {
        0: {time: written(AFTER)},
        1: {"ballot": "zzzz"},
        2: {"path": f"{FOLDER}/proxies/someone.yaml"},
        3: {"holder": "stranger"},
    }
    return replace(file, signed=draw(st.booleans()), **slips.get(draw(st.integers(0, 40)), {}))


FOLDER = "proposals/2026-11/k7f3-some-title"
GROUPS = st.sampled_from(["", "clinicians", "managers"])


@st.composite
def answers(draw, ballot, voter, n):
    names = [option.amendment for option in ballot.options]
    choice, ranking = draw(st.sampled_from(["for", "for", "against", "abstain", "object", "?"])), ()
    if len(names) > 1 and draw(st.integers(0, 9)):
        order = draw(st.permutations([*names, "status-quo"]))
        choice, ranking = "", tuple(order[: draw(st.integers(1, len(order)))])
    slip = draw(st.integers(0, 30))
    vote = vote_of(ballot, voter, choice, n, ranking=ranking, signed=draw(st.booleans()))
    slips = {
        0: {"cast": written(CLOSES)},
        1: {"cast": written(AFTER)},
        2: {"effect": "sha256:other"},
        3: {"ballot": "zzzz"},
        4: {"path": "proposals/2026-11/x-y/votes/someone.yaml"},
        5: {"cast": written(NOW)},
    }
    return replace(vote, **slips.get(slip, {}))


@settings(max_examples=1000)
@given(elections())
def test_a_second_count_by_other_means_agrees(election):
    ballot, votes, roll, rules, proxies = election
    tally = count(ballot, votes, roll, rules, AFTER, mandates=proxies)
    outcome, carried = pencil.decide(ballot, votes, roll, rules, proxies.given, proxies.accepted)
    mine = "lost" if ballot.ranked and tally.outcome == "blocked" else tally.outcome
    assert (mine, tally.carried) == (outcome, carried)
