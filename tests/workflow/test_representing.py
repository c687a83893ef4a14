"""Members vote for one another and change the rules by ballot, signed throughout, in real git."""

import pytest

from workflow.test_signing import CLOSED, FIRST, RULES, VOTING

BOUND = """
proxies: 1
entrenched:
  rules: true
  threshold: at least 1/2 of members
"""


@pytest.fixture
def bound(speak):
    """Ada, Ben and Cleo with keys, the text in force, rules that bind themselves."""
    speak.at(FIRST)
    speak.act_as("ada")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    for handle in ("ada", "ben", "cleo"):
        speak.act_as(handle)
        speak.done("roll", "key", "--new")
        speak.act_as("ada")
        speak("roll", "key", "--of", handle)
    rules = speak.read(RULES).replace("signatures: optional", "signatures: required") + BOUND
    speak.done("rules", "--set", speak.write("../bound.yaml", rules), "-m", "Bind us.")
    speak.done("ratify")
    more = rules.replace("proxies: 1", "proxies: 2")
    speak.done(
        "propose", "--rules", speak.write("../more.yaml", more), "--title", "More", "-m", "x"
    )
    speak.done("open", "more", "--closes", "7d")
    return speak


def test_a_signed_proxy_carries_new_rules_which_a_member_puts_in_force(bound):
    bound.at(VOTING)
    bound.act_as("cleo")
    bound.done("proxy", "give", "more", "ben")
    bound.act_as("ben")
    bound.done("proxy", "accept", "more", "cleo")
    bound.done("vote", "more", "for")
    counted = bound.done("tally", "more", "--json").json
    assert (counted["for"], counted["signed"]["for"]) == (2, 2)
    assert [one["why"] for one in counted["proxies"]] == [""]
    bound.at(CLOSED)
    bound.done("decide", "more")
    assert "proxies: 2" in bound.read(RULES)
    assert bound("verify").out.startswith("PROVED.")


def test_rules_that_bind_themselves_are_not_set_by_a_steward(bound):
    bound.act_as("ada")
    said = bound("rules", "--set", "simple", "-m", "Back.", "--json")
    assert said.code == 1
    assert "rules-entrenched" in said.err


def test_rules_with_a_mistake_are_refused_with_its_place(bound):
    wrong = bound.write("../wrong.yaml", "format: 1\nthreshold: most of us\n")
    said = bound("propose", "--rules", str(wrong), "--title", "T", "-m", "x")
    assert said.code == 2
    assert "wrong.yaml:2:12: “most of us” is no share and no number — expected" in said.err


def test_a_change_of_the_rules_is_revised_in_its_rules_and_not_in_words_of_the_text(bound):
    bound.act_as("ben")
    rules = bound.read(RULES).replace("proxies: 1", "proxies: 3")
    file = bound.write("../three.yaml", rules)
    bound.done("propose", "--rules", file, "--title", "Three", "-m", "More.")
    again = bound.write("../four.yaml", rules.replace("voting-days: 0", "voting-days: 4"))
    bound.done("revise", "three", "--rules", again)
    told = bound.done("amendment", "three", "--json").json["rules"]
    assert {"op": "+", "sentence": "A ballot stays open for at least 4 days."} in told
    said = bound("revise", "three", "--from-worktree")
    assert said.code == 2
    assert "changes the rules, not the text" in " ".join(said.err.split()), said.err
    said = bound("propose", "--to", "three", "--reason", "x", "--from-worktree")
    assert said.code == 2
    assert "changes the rules, not the text" in " ".join(said.err.split()), said.err
    assert bound("verify").out.startswith("PROVED")


def test_a_change_of_the_rules_is_published_in_its_sentences_and_leaves_the_text_alone(bound):
    shown = bound.done("publish", "--format", "critic", "--amendment", "more").out
    assert "votes for {--1 member--}{++2 members++} besides themselves at most" in shown
    made = bound.done("publish", "--format", "json", "--amendment", "more").json
    assert [change["path"] for change in made["changes"]] == [RULES]
    assert made["text_before"] == made["text"]
    assert made["shows"].endswith("would change in the rules")
