"""Why an amendment may not be put to the vote, in whole sentences; and what to rank it with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import CLAUSES, ONE, SIMPLE, History, folder, member, reword
from governance.making import CLOSES, NOW
from governance.paper import paper
from manifesto_tui.governance.amendment import Change, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.opening import draw_up, is_silent, least_voting, rivals_for
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.governance.rules import READY, Entrenched, Threshold
from manifesto_tui.governance.voting import open_ballot

DRAW = reword("open-1", "document", "draw")


def filed(rules=SIMPLE, **more) -> History:
    history = History(rules, in_force=False)
    history.propose("k7f3", **more)
    return history


def opened(choice: str = "for") -> History:
    history = filed()
    history.open("k7f3")
    return history


def decided(choice: str) -> History:
    history = opened()
    history.vote("k7f3", "ada", "bea", "cem", choice=choice)
    history.decide("k7f3")
    return history


def withdrawn() -> History:
    history = filed()
    history.commit({f"{folder('k7f3')}/withdrawal.yaml": paper(Withdrawal("bea", written(NOW)))})
    return history


def drawn() -> History:
    history = filed()
    history.commit({ONE: history.files[ONE].replace(b"document", b"draw")})
    return history


def rival() -> History:
    history = filed()
    history.propose("m2pq", DRAW)
    history.open("m2pq")
    return history


def between() -> History:
    history = filed()
    history.propose("m2pq", DRAW)
    history.open("k7f3", "m2pq", ballot_id="r7va")
    return history


def taken_up() -> History:
    history = filed()
    history.propose("aaaa", proposer="cem")
    words = replace(history.proposal("k7f3").amendment, amends="aaaa")
    history = History(in_force=False)
    history.propose("aaaa", proposer="cem")
    history.commit({f"{folder('k7f3')}/amendment.yaml": paper(words)})
    latest = replace(history.proposal("aaaa").amendment, revision=2, takes_up="k7f3", author="bea")
    history.commit({f"{folder('aaaa')}/revision-2.yaml": paper(latest)})
    return history


SOON = NOW + timedelta(days=1)
LATER = CLOSES + timedelta(days=1)


@pytest.mark.parametrize(
    ("history", "ids", "closes", "now", "code", "said"),
    [
        (opened, "k7f3", CLOSES, NOW, "already-at-the-ballot",
         "k7f3: “About k7f3” is at the ballot already."),
        (opened, "k7f3", LATER, CLOSES, "already-at-the-ballot",
         "k7f3: “About k7f3” is at a ballot that has closed and waits for its decision."),
        (lambda: decided("for"), "k7f3", LATER, CLOSES, "already-decided",
         "k7f3: “About k7f3” has been adopted already."),
        (lambda: decided("against"), "k7f3", LATER, CLOSES, "already-decided",
         "k7f3: “About k7f3” has been rejected already."),
        (withdrawn, "k7f3", CLOSES, NOW, "withdrawn",
         "k7f3: “About k7f3” has been withdrawn by its proposer."),
        (taken_up, "k7f3", CLOSES, NOW, "already-at-the-ballot",
         "k7f3: “About k7f3” has been taken up by the amendment that it words otherwise."),
        (between, "r7va", CLOSES, NOW, "not-an-amendment",
         "proposals/2026-11/r7va-made-up: r7va is a ballot between rivals and has no text of its "
         "own. Name one of the rivals instead."),
        (filed, "", CLOSES, NOW, "rivals-wanted",
         "A ballot is on one amendment, or between different ones."),
        (lambda: filed(replace(SIMPLE, seconders=2)), "k7f3", CLOSES, NOW, "not-seconded",
         "k7f3: Amendment k7f3 has 0 of the 2 seconders that it needs. Another member can: "
         "manifesto-tui second k7f3."),
        (lambda: filed(replace(SIMPLE, idle_days=8)), "k7f3", CLOSES, NOW, "lapsed",
         "k7f3: Amendment k7f3 has lapsed: nobody acted on it for 8 days. A second, a comment or "
         "a revision brings it back."),
        (lambda: filed(replace(SIMPLE, idle_days=9)), "k7f3", CLOSES, NOW, "lapsed",
         "k7f3: Amendment k7f3 has lapsed: nobody acted on it for 9 days. A second, a comment or "
         "a revision brings it back."),
        (lambda: filed(replace(SIMPLE, discussion_days=10)), "k7f3", CLOSES, NOW, "too-early",
         "k7f3: Amendment k7f3 is to be discussed until 21 November 2026, 10:00 UTC."),
        (lambda: filed(replace(SIMPLE, voting_days=3)), "k7f3", SOON, NOW, "closes-too-soon",
         "A ballot like this stays open for at least 3 days. It may close on 23 November 2026, "
         "10:00 UTC or later."),
        (filed, "k7f3", NOW, NOW, "closes-in-the-past",
         "20 November 2026, 10:00 UTC is not in the future."),
        (drawn, "k7f3", CLOSES, NOW, "needs-revision",
         "k7f3: “About k7f3” no longer fits the text. The same words of clause 1.1 have changed "
         "since; they now read “draw”. Its proposer can file a revision on the text as it stands "
         "now."),
        (rival, "k7f3", CLOSES, NOW, "collides",
         "k7f3: m2pq is at the ballot, and both cannot carry as they stand. Both change the same "
         "words of 1.1: “publish” or “draw”. Rivals go on one ballot together; or wait until the "
         "other is decided."),
    ],
)  # fmt: skip
def test_what_stands_against_a_ballot_is_said(history, ids, closes, now, code, said):
    with pytest.raises(ManifestoError) as refused:
        open_ballot(history().assembly, ids.split(), closes, "ada", now)
    assert (refused.value.code, str(refused.value)) == (code, said)


def test_seconders_are_active_members_other_than_the_proposer():
    history = filed(replace(SIMPLE, seconders=1))
    for handle in ("bea", "old", "zoe"):
        support = paper(Second(handle, written(NOW)))
        history.commit({f"{folder('k7f3')}/seconds/{handle}.yaml": support})
    history.commit({"manifesto/roll/old.yaml": paper(member("old", retired=True))})
    with pytest.raises(ManifestoError, match="has 0 of the 1 seconders"):
        open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)


@pytest.mark.parametrize(
    ("other", "opens"),
    [
        ((reword("open-2", "follow", "stay with"),), True),
        ((Change(after="open-1", id="open-9", now="No charge."),), True),
        ((reword("open-1", "interfaces", "data"),), False),
        ((reword("open-1", "document", "publish"),), True),
        ((Change(clause="open-1", was=CLAUSES["open-1"]),), False),
    ],
)
def test_what_can_be_voted_on_side_by_side(other, opens):
    history = filed()
    history.propose("m2pq", *other)
    history.open("m2pq")
    if opens:
        assert open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW).id == "k7f3"
        return
    with pytest.raises(ManifestoError) as refused:
        open_ballot(history.assembly, ["k7f3"], CLOSES, "ada", NOW)
    assert refused.value.code == "collides"


def test_the_same_new_clause_is_not_voted_on_twice_at_once():
    history = filed()
    history.propose("aaaa", Change(after="open-1", id="open-8", now="No charge."))
    history.propose("bbbb", Change(after="open-1", id="open-9", now="No charge."))
    history.open("aaaa")
    with pytest.raises(ManifestoError) as refused:
        open_ballot(history.assembly, ["bbbb"], CLOSES, "ada", NOW)
    assert refused.value.code == "collides"
    history.decide("aaaa")
    assert open_ballot(history.assembly, ["bbbb"], CLOSES, "ada", NOW).id == "bbbb"


def test_what_collides_on_one_ballot_is_ranked_and_what_is_elsewhere_still_stands_against_it():
    history = filed()
    history.propose("m2pq", DRAW)
    both = open_ballot(history.assembly, ["k7f3", "m2pq"], CLOSES, "ada", NOW, "r7va", "Which?")
    assert (both.id, both.title, both.quorum) == ("r7va", "Which?", str(SIMPLE.quorum))


def test_only_one_editorial_amendment_carries_by_silence():
    lazy = READY["lazy"]
    history = filed(lazy, kind="editorial")
    editorial = history.proposal("k7f3").amendment
    assert is_silent([editorial], lazy)
    assert not is_silent([editorial, editorial], lazy)
    assert not is_silent([editorial], SIMPLE)
    assert not is_silent([replace(editorial, kind="substantive")], lazy)
    assert not is_silent([replace(editorial, rules=SIMPLE)], lazy)


@pytest.mark.parametrize(
    ("voting", "lapse", "kind", "days"),
    [(3, 14, "editorial", 14), (20, 14, "editorial", 20), (3, 14, "substantive", 3)],
)
def test_how_long_a_ballot_stays_open_at_least(voting, lapse, kind, days):
    rules = replace(READY["lazy"], voting_days=voting, lapse_days=lapse)
    history = filed(rules, kind=kind)
    ballot = open_ballot(history.assembly, ["k7f3"], NOW + timedelta(days=99), "ada", NOW)
    assert least_voting(ballot, rules) == timedelta(days=days)


def test_a_silent_ballot_asks_nobody_and_an_entrenched_one_all():
    share = Threshold.parse("at least 4/5 of members")
    rules = replace(
        READY["lazy"], each=share, proxies=2, entrenched=Entrenched(share, ("open-2",), each=share)
    )
    history = filed(rules, kind="editorial")
    assembly = history.assembly

    def drawn_up(*changes):
        made = replace(history.proposal("k7f3").amendment, changes=changes)
        return draw_up(
            assembly.text,
            assembly.roll,
            rules,
            [made],
            ballot_id="k7f3",
            opened="",
            closes="",
            opener="ada",
            base="",
        )

    silent = drawn_up(DRAW)
    assert (silent.quorum, silent.threshold, silent.each) == (
        "at least 0 members",
        "no objection",
        "",
    )
    assert (silent.entrenched, silent.proxies, silent.choices) == ((), 2, rules.choices)
    asked = drawn_up(reword("open-2", "follow", "stay with"))
    assert (asked.quorum, asked.threshold, asked.each) == (str(rules.quorum), *[str(share)] * 2)
    assert asked.entrenched == ("open-2",)


def test_rivals_are_what_cannot_carry_beside_it_and_can_be_put_to_the_vote():
    history = filed()
    history.propose("aaaa", DRAW)
    history.propose("bbbb", reword("open-2", "follow", "leave"), rivals=("k7f3",))
    history.propose("cccc", reword("open-2", "patient", "person"))
    history.propose("dddd", reword("open-1", "document", "hide"))
    history.commit({f"{folder('dddd')}/withdrawal.yaml": paper(Withdrawal("bea", written(NOW)))})
    assembly = history.assembly
    assert rivals_for(assembly, assembly.find("k7f3").amendment, NOW) == {
        "aaaa": "Both change the same words of 1.1: “publish” or “draw”.",
        "bbbb": "One names the other as its rival.",
    }
    slow = replace(assembly, rules=replace(SIMPLE, discussion_days=10))
    assert rivals_for(slow, assembly.find("k7f3").amendment, NOW) == {}
    unfiled = replace(assembly.find("k7f3").amendment, id="zzzz", rivals=("bbbb", "yyyy"))
    assert set(rivals_for(assembly, unfiled, NOW)) == {"aaaa"}
    missing = replace(assembly.find("k7f3").amendment, rivals=("yyyy",))
    history.commit({f"{folder('k7f3')}/revision-2.yaml": paper(replace(missing, revision=2))})
    assembly = history.assembly
    assert set(rivals_for(assembly, assembly.find("k7f3").amendment, NOW)) == {"aaaa", "bbbb"}
    drawn_up = drawn().assembly
    gone = replace(drawn_up.find("k7f3").amendment, id="yyyy", changes=(DRAW,))
    assert rivals_for(drawn_up, gone, NOW) == {}
