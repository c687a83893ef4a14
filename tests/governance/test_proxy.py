"""Proxies: given, accepted, one step only; a direct vote goes before."""

from dataclasses import replace

import pytest

from governance.history import History, folder
from governance.making import (
    AFTER,
    NOW,
    acceptance_of,
    ballot_of,
    proxy_of,
    roll_of,
    vote_of,
    votes_of,
)
from governance.paper import paper
from manifesto_tui.governance import proxy as proxy_module
from manifesto_tui.governance import representing
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.proxy import Acceptance, Mandates, Proxy
from manifesto_tui.governance.rules import READY, describe
from manifesto_tui.governance.tally import count

RULES = replace(READY["simple"], proxies=2)
ROLL = roll_of(m=6)
BALLOT = ballot_of(ROLL, RULES, proxies=2)
A, B, C, D, E, F = (member.handle for member in ROLL.active)
FOLDER = "proposals/2026-11/k7f3-some-title"


def counted(votes, *files, rules=RULES):
    mandates = Mandates(
        tuple(f for f in files if isinstance(f, Proxy)),
        tuple(f for f in files if isinstance(f, Acceptance)),
    )
    return count(BALLOT, votes, ROLL, rules, AFTER, mandates=mandates)


def why(votes, *files, rules=RULES):
    return {p.proxy.giver: p.code for p in counted(votes, *files, rules=rules).proxies}


def for_(*voters):
    return [vote_of(BALLOT, voter) for voter in voters]


def test_a_holder_s_vote_counts_for_the_giver_and_is_told():
    proxy = proxy_of(A, B)
    tally = counted(for_(B), proxy, acceptance_of(proxy))
    assert (tally.for_, tally.quorum.present) == (2, 2)
    assert A not in tally.not_voted
    assert f"{B} voted also for {A}, who gave {B} the proxy." in tally.said
    assert "2 of 6 members voted, 1 of them by proxy;" in tally.said


def test_what_nobody_accepted_does_not_count():
    assert why(for_(B), proxy_of(A, B)) == {A: "not-accepted"}


def test_a_direct_vote_goes_before():
    proxy = proxy_of(A, B)
    tally = counted([*for_(B), vote_of(BALLOT, A, "against")], proxy, acceptance_of(proxy))
    assert (tally.for_, tally.against) == (1, 1)


def test_what_was_taken_back_does_not_count_and_another_may_be_named():
    first, back, other = proxy_of(A, B), proxy_of(A, "", 2), proxy_of(A, C, 3)
    assert why(for_(B), first, acceptance_of(first), back) == {A: "taken-back"}
    assert (
        counted(for_(B, C), first, acceptance_of(first), back, other, acceptance_of(other)).for_
        == 3
    )


def test_it_goes_one_step_only():
    first, second = proxy_of(A, B), proxy_of(B, C)
    files = (first, acceptance_of(first), second, acceptance_of(second))
    assert why(for_(C), *files) == {A: "chained", B: ""}
    assert why(for_(B, C), *files) == {A: "", B: "direct"}


def test_a_holder_who_does_not_vote_represents_nobody():
    proxy = proxy_of(A, B)
    assert why([], proxy, acceptance_of(proxy)) == {A: "silent"}


def test_no_more_than_the_rules_allow_the_first_accepted_first():
    proxies = [proxy_of(giver, B) for giver in (D, A, C)]
    files = [f for n, p in enumerate(proxies, 1) for f in (p, acceptance_of(p, n))]
    assert why(for_(B), *files) == {D: "", A: "", C: "too-many"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"holder": "stranger"}, "not-on-the-roll"),
        ({"holder": A}, "to-oneself"),
        ({"ballot": "zzzz"}, "another-ballot"),
        ({"given": written(AFTER)}, "late"),
        ({"given": "soon"}, "no-time"),
        ({"path": f"{FOLDER}/proxies/{C}.yaml"}, "misnamed"),
        ({"signature": "mismatch"}, "bad-signature"),
    ],
)
def test_a_void_proxy_does_not_count(changed, code):
    proxy = proxy_of(A, B, **changed)
    assert why(for_(B), proxy, acceptance_of(proxy_of(A, B))) == {A: code}


@pytest.mark.parametrize(
    "changed",
    [
        {"holder": C},
        {"giver": D},
        {"ballot": "zzzz"},
        {"proxy": "sha256:other"},
        {"accepted": written(AFTER)},
        {"path": f"{FOLDER}/acceptances/{C}.yaml"},
        {"signature": "withdrawn"},
    ],
)
def test_a_void_acceptance_accepts_nothing(changed):
    proxy = proxy_of(A, B)
    assert why(for_(B), proxy, acceptance_of(proxy, **changed)) == {A: "not-accepted"}


def test_where_the_rules_allow_none_none_counts():
    proxy = proxy_of(A, B)
    rules = replace(RULES, proxies=0)
    assert why(for_(B), proxy, acceptance_of(proxy), rules=rules) == {A: "not-allowed"}
    assert "proxies" not in " ".join(describe(rules))


def test_a_represented_member_counts_in_their_own_constituency():
    roll = roll_of(clinicians=1, patients=1)
    rules = replace(READY["each-constituency"], proxies=1)
    ballot = ballot_of(roll, rules, proxies=1)
    proxy = proxy_of("patients-a", "clinicians-a")
    mandates = Mandates((proxy,), (acceptance_of(proxy),))
    votes = votes_of(ballot, roll, clinicians="for")
    tally = count(ballot, votes, roll, rules, AFTER, mandates=mandates)
    assert tally.outcome == "carried"
    assert tally.constituencies["patients"].for_ == 1


# In a history


@pytest.fixture
def opened() -> History:
    history = History(replace(READY["simple"], proxies=1))
    history.propose("k7f3")
    history.open("k7f3")
    return history


def act(history, verb, *who, **changed):
    assembly = history.assembly
    held = assembly.find("k7f3")
    then = history.at_opening(held)
    made = verb(assembly, held, *who, NOW, then.roll, then.rules)
    return record(history, replace(made, **changed))


def record(history, made):
    held = history.assembly.find("k7f3")
    kind = "proxies" if isinstance(made, Proxy) else "acceptances"
    whose = made.giver if isinstance(made, Proxy) else made.holder
    n = sum(f"/{kind}/{whose}" in path for path in history.files) + 1
    name = whose if n == 1 else f"{whose}-{n}"
    return history.commit({f"{held.folder}/{kind}/{name}.yaml": paper(made)})


def test_a_history_with_proxies_is_proved(opened):
    act(opened, representing.give, "bea", "ada")
    act(opened, representing.accept, "ada", "bea")
    act(opened, representing.give, "eve", "cem")
    act(opened, representing.take_back, "eve")
    opened.vote("k7f3", "ada", "cem")
    opened.decide("k7f3")
    assert opened.proof().verdict == "PROVED"
    decision = opened.assembly.find("k7f3").decision
    assert decision.totals["for"] == 3
    assert decision.proxies == {"bea.yaml": "ada.yaml"}


def test_a_decision_that_counts_what_nobody_accepted_is_false(opened):
    act(opened, representing.give, "bea", "ada")
    opened.vote("k7f3", "ada", "cem")
    made = opened.decide("k7f3", totals={"for": 3, "against": 0, "abstain": 0})
    assert opened.codes() == [("decision-tally", made)]


def test_a_decision_that_leaves_a_proxy_out_is_found(opened):
    act(opened, representing.give, "bea", "ada")
    act(opened, representing.accept, "ada", "bea")
    opened.vote("k7f3", "ada", "cem")
    made = opened.decide("k7f3", proxies={})
    assert opened.codes() == [("decision-votes", made)]


@pytest.mark.parametrize(
    "changed",
    [{"holder": "zoe"}, {"giver": "dov", "holder": "dov"}, {"given": written(AFTER)}],
)
def test_a_void_proxy_is_found(opened, changed):
    at = act(opened, representing.give, "bea", "ada", **changed)
    assert opened.codes() == [("proxy-void", at)]


def test_a_forged_acceptance_is_found(opened):
    act(opened, representing.give, "bea", "ada")
    at = act(opened, representing.accept, "ada", "bea", holder="dov")
    assert opened.codes() == [("acceptance-void", at)]


def test_a_chain_is_found_whichever_step_comes_last(opened):
    act(opened, representing.give, "bea", "ada")
    act(opened, representing.give, "ada", "cem")
    act(opened, representing.accept, "ada", "bea")
    second = opened.assembly.find("k7f3").proxies[0]
    made = Acceptance("k7f3", second.digest, "ada", "cem", written(NOW))
    at = record(opened, made)
    assert opened.codes() == [("proxy-chained", at)]


def test_more_than_the_rules_allow_is_found(opened):
    for giver in ("bea", "cem"):
        act(opened, representing.give, giver, "ada")
    act(opened, representing.accept, "ada", "bea")
    other = next(p for p in opened.assembly.find("k7f3").proxies if p.giver == "cem")
    at = record(opened, Acceptance("k7f3", other.digest, "cem", "ada", written(NOW)))
    assert opened.codes() == [("proxy-too-many", at)]


def test_a_proxy_after_the_decision_is_a_note_and_changes_nothing(opened):
    opened.vote("k7f3", "ada", "bea", "cem")
    proxy = act(opened, representing.give, "dov", "ada")
    opened.decide("k7f3")
    made = next(p for p in opened.assembly.find("k7f3").proxies)
    at = record(opened, Acceptance("k7f3", made.digest, "dov", "ada", written(NOW)))
    assert proxy
    assert opened.codes() == [("proxy-after-decision", at)]


def test_a_proxy_where_no_ballot_is_open(opened):
    opened.propose("m2pq")
    proxy = Proxy("m2pq", "", "bea", "ada", written(NOW))
    at = opened.commit({f"{folder('m2pq')}/proxies/bea.yaml": paper(proxy)})
    assert opened.codes() == [("proxy-without-ballot", at)]


@pytest.mark.parametrize(
    ("verb", "who", "code"),
    [
        (representing.give, ("zoe", "ada"), "not-on-the-roll"),
        (representing.give, ("bea", "zoe"), "not-on-the-roll"),
        (representing.give, ("bea", "bea"), "to-oneself"),
        (representing.give, ("cem", "ada"), "voted"),
        (representing.give, ("dov", "ada"), "proxies-held"),
        (representing.give, ("ada", "dov"), "proxy-chained"),
        (representing.give, ("dov", "bea"), "proxy-chained"),
        (representing.give, ("bea", "ada"), "proxy-given"),
        (representing.accept, ("ada", "dov"), "no-proxy"),
        (representing.accept, ("ada", "bea"), "accepted"),
        (representing.take_back, ("dov",), "no-proxy"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_its_reason(opened, verb, who, code):
    act(opened, representing.give, "bea", "ada")
    act(opened, representing.accept, "ada", "bea")
    opened.vote("k7f3", "cem")
    with pytest.raises(Exception) as refused:
        act(opened, verb, *who)
    assert refused.value.code == code


def test_rules_without_proxies_refuse_them():
    history = History(READY["simple"])
    history.propose("k7f3")
    history.open("k7f3")
    with pytest.raises(Refused) as refused:
        act(history, representing.give, "bea", "ada")
    assert refused.value.code == "no-proxies"


HELD = "manifesto-tui proxy"


@pytest.mark.parametrize(
    ("verb", "who", "said"),
    [
        (representing.give, ("zoe", "ada"), "k7f3: “zoe” was not on the roll when this ballot "
         "opened, and may not vote on it. Those on the roll when a ballot opens may vote on it, "
         "and no others."),
        (representing.give, ("bea", "zoe"), "k7f3: “zoe” was not on the roll when this ballot "
         "opened, and may not vote on it. Only who may vote may vote for another."),
        (representing.give, ("bea", "bea"), "A proxy is to somebody else. Vote yourself."),
        (representing.give, ("cem", "ada"), "k7f3: cem has voted on k7f3, and a vote of one’s own "
         "goes before a proxy. Until the ballot closes you may vote again."),
        (representing.give, ("dov", "ada"), "k7f3: ada holds 1 proxy for k7f3 already, which is "
         "all that the rules allow. Choose another member, or vote yourself."),
        (representing.give, ("ada", "dov"), "k7f3: ada holds bea’s proxy for k7f3, and a proxy "
         "goes one step only. Choose another member, or vote; bea can take theirs back: "
         "`manifesto-tui proxy withdraw k7f3`."),
        (representing.give, ("bea", "ada"), "k7f3: ada has bea’s proxy for k7f3 already. ada "
         "accepts it with `manifesto-tui proxy accept k7f3 bea`."),
        (representing.accept, ("ada", "dov"), "k7f3: dov has not given ada a proxy for k7f3. dov "
         "can: `manifesto-tui proxy give k7f3 ada`."),
        (representing.accept, ("dov", "bea"), "k7f3: bea has not given dov a proxy for k7f3. bea "
         "can: `manifesto-tui proxy give k7f3 dov`."),
        (representing.accept, ("ada", "bea"), "k7f3: ada has accepted bea’s proxy already. Vote."),
        (representing.take_back, ("dov",), "k7f3: dov has given no proxy for k7f3. There is "
         "nothing to take back."),
    ],
)  # fmt: skip
def test_a_refusal_says_which_rule_stands_against_it(opened, verb, who, said):
    act(opened, representing.give, "bea", "ada")
    act(opened, representing.accept, "ada", "bea")
    opened.vote("k7f3", "cem")
    with pytest.raises(Exception) as refused:
        act(opened, verb, *who)
    assert str(refused.value) == said


def test_who_holds_as_many_as_allowed_is_told_how_many_that_is():
    history = History(replace(READY["simple"], proxies=2))
    history.propose("k7f3")
    history.open("k7f3")
    for giver in ("bea", "cem"):
        act(history, representing.give, giver, "ada")
        act(history, representing.accept, "ada", giver)
    with pytest.raises(Refused, match="ada holds 2 proxies for k7f3 already"):
        act(history, representing.give, "dov", "ada")
    act(history, representing.take_back, "bea")
    act(history, representing.give, "dov", "ada")
    act(history, representing.accept, "ada", "dov")
    assert history.codes() == []


def test_a_proxy_names_the_ballots_own_file():
    held = replace(BALLOT, digest="sha256:here")
    mandates = Mandates((proxy_of(A, B, ballot_digest="sha256:here"),))
    (judged,) = proxy_module.judge_proxies(held, mandates, ROLL, RULES, ())
    assert judged.code == "not-accepted"
    mandates = Mandates((proxy_of(A, B, ballot_digest="sha256:there"),))
    (judged,) = proxy_module.judge_proxies(held, mandates, ROLL, RULES, ())
    assert (judged.code, judged.why) == ("another-ballot", "it is for another ballot")


@pytest.mark.parametrize(
    ("changed", "code", "why"),
    [
        ({}, "", ""),
        ({"path": f"{FOLDER}/acceptances/{C}.yaml"}, "misnamed",
         "its file is not named after its holder"),
        ({"proxy": "sha256:none"}, "no-proxy", "it names no proxy on this ballot"),
        ({"ballot": "zzzz"}, "no-proxy", "it names no proxy on this ballot"),
        ({"giver": C}, "not-the-holder", f"that proxy is by {A} to {B}"),
        ({"accepted": written(AFTER)}, "late",
         "accepted after the ballot closed on 27 November 2026, 10:00 UTC"),
        ({"signature": "mismatch"}, "bad-signature", "its signature does not match"),
    ],
)  # fmt: skip
def test_why_an_acceptance_is_void(changed, code, why):
    given = proxy_of(A, B)
    accepted = acceptance_of(given, **changed)
    found = proxy_module.acceptance_fault(BALLOT, accepted, Mandates((given,)), ROLL, RULES)
    assert found == (code, why)
    none = replace(RULES, proxies=0)
    said = proxy_module.acceptance_fault(BALLOT, accepted, Mandates((given,)), ROLL, none)
    assert said == ("not-allowed", "the rules of this ballot allow none")


def test_an_acceptance_of_what_was_taken_back_or_by_a_stranger_is_void():
    back, stranger = proxy_of(A, ""), proxy_of(A, "zoe")
    for given, code, why in (
        (back, "not-the-holder", f"that proxy is by {A} to none"),
        (stranger, "not-on-the-roll", "zoe was not on the roll when the ballot opened"),
    ):
        holder = given.holder or B
        path = f"{FOLDER}/acceptances/{holder}.yaml"
        accepted = acceptance_of(given, holder=holder, path=path)
        found = proxy_module.acceptance_fault(BALLOT, accepted, Mandates((given,)), ROLL, RULES)
        assert found == (code, why)


def test_of_proxies_accepted_the_first_named_by_the_holders_files_count():
    given = [proxy_of(giver, B) for giver in (C, D, E)]
    accepted = [acceptance_of(given[0], 10), acceptance_of(given[1], 9), acceptance_of(given[2], 2)]
    assert why(for_(B), *given, *accepted) == {C: "too-many", D: "", E: ""}
    twice = acceptance_of(given[0], 1)
    assert why(for_(B), *given, *accepted, twice) == {C: "", D: "too-many", E: ""}


def test_why_a_proxy_does_not_count_is_said():
    given = [proxy_of(A, B), proxy_of(A, C, 2), proxy_of(D, B), proxy_of(E, F), proxy_of(F, B)]
    files = [*given, *(acceptance_of(p, n) for n, p in enumerate(given, 1))]
    assert [(p.proxy.giver, p.why) for p in counted(for_(B, A), *files).proxies] == [
        (A, "replaced by a later one"),
        (A, "the giver voted directly"),
        (D, ""),
        (E, f"{F} gave a proxy too, and a proxy goes one step only"),
        (F, ""),
    ]
    assert [p.stands for p in counted(for_(B, A), *files).proxies] == [False, *[True] * 4]
    back = counted(for_(B), proxy_of(A, B), proxy_of(A, "", 2)).proxies
    assert [(p.code, p.why, p.stands) for p in back] == [
        ("replaced", "replaced by a later one", False),
        ("taken-back", "it takes back the one before", False),
    ]
    silent = counted([], proxy_of(A, B), acceptance_of(proxy_of(A, B))).proxies
    assert [p.why for p in silent] == [f"{B} has not voted"]


def test_a_proxy_is_signed_where_giver_and_holder_both_signed():
    for giver in (True, False):
        for holder in (True, False, None):
            given = proxy_of(A, B, signed=giver)
            accepted = [] if holder is None else [acceptance_of(given, signed=holder)]
            (judged,) = counted(for_(B), given, *accepted).proxies
            assert judged.signed is bool(giver and holder)


def test_a_decision_names_the_proxies_that_it_knew_of():
    given = [proxy_of(A, B), proxy_of(C, B)]
    accepted = [acceptance_of(p, n) for n, p in enumerate(given, 1)]
    named = Mandates(tuple(given), tuple(accepted)).named({f"{A}.yaml": f"{B}.yaml"})
    assert (named.given, named.accepted) == ((given[0],), (accepted[0],))


def test_what_is_around_a_member_is_what_they_and_their_givers_said():
    given = [proxy_of(A, B), proxy_of(A, C, 2), proxy_of(D, E), proxy_of(F, A)]
    accepted = [acceptance_of(p) for p in given]
    found = Mandates(tuple(given), tuple(accepted)).around(B)
    assert found == Mandates(tuple(given[:2]), tuple(accepted[:2]))
    assert Mandates(tuple(given), tuple(accepted)).around(A).given == (*given[:2], given[3])


def test_proxies_are_listed_by_giver_and_by_the_number_of_their_file():
    stray = replace(proxy_of(A, B), path=f"{FOLDER}/proxies/stray.yaml", digest="sha256:stray")
    given = [proxy_of(C, B), proxy_of(A, B, 10), proxy_of(A, B, 9), proxy_of(A, B), stray]
    listed = [p.proxy.path.rpartition("/")[2] for p in counted([], *given).proxies]
    assert listed == ["stray.yaml", f"{A}.yaml", f"{A}-9.yaml", f"{A}-10.yaml", f"{C}.yaml"]
