"""Proxies, rules and stewards in the app, written to real git. Everyone in it is made up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from manifesto_tui.workflow import deciding, people, ruling
from manifesto_tui.workflow.desk import Desk
from tui import made_up
from tui.test_journeys import log


@pytest.fixture
def represented(desk):
    """The made-up assembly with a ballot whose rules let members vote for one another."""
    ruling.change(desk, replace(desk.assembly.rules, proxies=2), "Let members vote for others")
    deciding.open_ballot(desk, ["w8hn"], desk.now() + timedelta(days=3))
    return desk


async def select(app, title):
    await app.press("2", "slash", *title, "enter")


async def test_a_proxy_is_given_accepted_and_taken_back(opened, own, represented):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("M")
        assert "Nobody has given you a proxy" in app.status
        await app.press("L", *"bodo", "enter")
        assert "They cannot pass it on." in " ".join(app.frame.replace("│", " ").split())
        await app.press("ctrl+j")
        assert "Recorded: Let bodo vote for alma" in app.status
        assert "T takes it back; so does voting yourself." in app.app.screen.said.plain
    made_up.act_as(represented, "bodo")
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("M", "ctrl+j")
        assert "Recorded: Accept to vote for alma" in app.status
    made_up.act_as(represented, "alma")
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("T")
        assert "bodo then votes for you no more" in app.frame
        await app.press("ctrl+j", "T")
        assert "You have given nobody your proxy here." in app.status
        await app.press("u")
        assert "as soon as bodo accepts it anew" in " ".join(app.frame.split())
        await app.press("ctrl+j")
        assert "Recorded: Let bodo vote for alma" in app.status
    assert [said.partition(" on ")[0] for said in log(own)[:4]] == [
        "Let bodo vote for alma",
        "Take back the proxy of alma",
        "Accept to vote for alma",
        "Let bodo vote for alma",
    ]


async def test_where_the_rules_allow_no_proxies_the_key_says_so(opened, own, desk):
    deciding.open_ballot(desk, ["w8hn"], desk.now() + timedelta(days=3))
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("L")
        assert "The rules of this ballot allow no proxies." in app.status


async def test_a_change_of_the_rules_is_worded_proposed_and_revised(opened, own, desk):
    async with opened(own, (120, 40)) as app:
        await app.press("U", *"simple", "enter")
        assert "The rules" in app.frame
        told = " ".join(app.frame.replace("│", " ").split())
        assert "An amendment carries with more than half of the votes for and against." in told
        await app.press("ctrl+j")
        await app.write("Simpler rules")
        await app.press("tab")
        await app.write("Fewer words.")
        with made_up.fixed_ids("b2cd"):
            await app.press("ctrl+j")
        assert "Recorded: Propose b2cd" in app.status
        await select(app, "simpler")
        await app.press("e", "ctrl+end")
        await app.write("\nproxies: 1")
        assert "A member may let another vote for them" in app.frame
        await app.press("ctrl+j", "ctrl+j")
        assert "Recorded: Revise b2cd, revision 2" in app.status
    found = desk_again(desk).find("b2cd").amendment
    assert (found.rules.name, found.rules.proxies) == ("simple", 1)
    assert desk_again(desk).assembly.rules.name == "each-constituency"


async def test_what_are_no_rules_is_said_while_one_types(opened, own):
    async with opened(own, (120, 40)) as app:
        await app.press("U", "enter", "ctrl+end")
        await app.write("\nproxies: many")
        assert "These are no rules yet: see below." in app.frame
        assert "line:" in app.frame
        await app.press("ctrl+j", "ctrl+j")
        assert "proxies: many" not in "".join(log(own))


async def test_a_steward_changes_the_rules_at_once_where_they_may(opened, own, desk):
    async with opened(own, (120, 40)) as app:
        await app.press("U", *"two-thirds", "enter", "ctrl+j")
        await app.write("Two thirds")
        await app.press("tab", "tab", "space", "ctrl+j")
        assert log(own)[0].startswith("Change the rules: Two thirds")
        assert desk_again(desk).assembly.rules.name == "two-thirds"
        await app.press("u")
        assert "It changes the rules, for ballots that open after it:" in app.frame
        await app.press("ctrl+j")
    assert log(own)[0].startswith("Change the rules: Taken back by whoever changed them.")
    assert desk_again(desk).assembly.rules.name != "two-thirds"


async def test_a_member_is_made_a_steward(opened, own, desk):
    async with opened(own) as app:
        await app.press("P")
        assert "Name a second one: press F." in " ".join(app.frame.replace("│", " ").split())
        assert "manifesto-tui roll steward" not in app.frame
        await app.press("F", *"bodo", "enter", "ctrl+j")
        assert "Recorded: Make bodo a steward" in app.status
    assert [m.handle for m in people.members(desk_again(desk)) if m.is_steward] == ["alma", "bodo"]


def desk_again(desk: Desk) -> Desk:
    desk.reload()
    return desk


async def test_what_only_a_steward_does_is_told_before_anything_is_asked(opened, own, desk):
    rules = replace(desk.assembly.rules, decide="steward", second="steward", propose="steward")
    ruling.change(desk, rules, "Leave it to stewards")
    deciding.open_ballot(desk, ["w8hn"], desk.now() + timedelta(hours=1))
    made_up.act_as(desk, "cleo")
    async with opened(own) as app:
        for key, told in (
            ("ctrl+r", "Only a steward puts the text in force."),
            ("F", "Only a steward names stewards here."),
            ("A", "Only a steward admits members here."),
            ("U", "Only a steward proposes here."),
            ("a", "Only a steward proposes here."),
        ):
            await app.press(key)
            assert told in app.status, key
        await select(app, "let suppliers")
        for key, told in (
            ("e", "Only a steward revises here."),
            ("plus", "You proposed it"),
            ("w", "Withdraw m2pq"),
        ):
            await app.press(key)
            assert told in app.frame, key
    made_up.act_as(desk, "dag")
    async with opened(own) as app:
        await select(app, "let suppliers")
        await app.press("plus")
        assert "Only a steward seconds here." in app.status


async def test_that_only_a_steward_counts_is_told_before_the_count_is_shown(
    opened, own, desk, clock
):
    ruling.change(desk, replace(desk.assembly.rules, decide="steward"), "Leave it to stewards")
    clock.on(days=30)
    made_up.act_as(desk, "cleo")
    async with opened(own) as app:
        await select(app, "publish every")
        await app.press("exclamation_mark")
        assert "Only a steward counts a ballot here." in app.status
