"""Editions in the app: made, read again, compared with, and signed."""

from datetime import timedelta

from manifesto_tui.workflow import deciding, proposing, verifying
from manifesto_tui.workflow.desk import Desk
from tui import made_up


def in_force(directory, home, clock):
    """Puts the made-up text in force, and adopts one amendment after that."""
    desk = Desk.open(directory, made_up.environment(home), clock)
    deciding.ratify(desk)
    (path, source), *_ = desk.assembly.text.sources.items()
    texts = {path: source.replace("People who give care", "Everybody who gives care")}
    (recorded,) = proposing.propose(desk, "Everybody", "All of them.", texts=texts)
    name = recorded.paths[0].split("/")[-2]
    for handle in ("bodo", "cleo"):
        made_up.act_as(desk, handle)
        proposing.second(desk, name)
    made_up.act_as(desk, "alma")
    clock.on(days=8)
    deciding.open_ballot(desk, [name], clock() + timedelta(days=20))
    for member in desk.assembly.roll.active:
        made_up.act_as(desk, member.handle)
        deciding.vote(desk, name, "for")
    made_up.act_as(desk, "alma")
    clock.on(days=30)
    deciding.decide(desk, name)


async def test_from_a_decision_to_a_signed_edition(own, opened, home, clock):
    in_force(own, home, clock)
    async with opened(own, (110, 36)) as app:
        assert "in force, changed since 1.0.0" in app.frame
        await app.press("3")
        assert "edition 1.0.0 → the text" in app.frame
        assert "Everybody" in app.frame
        await app.press("ctrl+n")
        assert "Edition 1.1.0, after 1.0.0: clauses were changed." in app.frame
        assert "with the tag edition-1.1.0" in " ".join(app.frame.split())
        await app.press("ctrl+j")
        assert "Recorded: Make edition 1.1.0" in app.status
        assert "edition 1.1.0" in app.frame.splitlines()[0]
        await app.press("ctrl+n")
        assert "The text reads as edition 1.1.0 does." in app.status
        await app.press("4", "g", "j", "j")
        assert "Edition 1.0.0" in app.frame
        await app.press("enter")
        assert "The text of edition 1.0.0" in app.frame
        assert "People who give care" in app.frame
        await app.press("I", "ctrl+j")
        assert "Recorded: Sign edition 1.1.0" in app.status
        await app.press("P")
        assert "signed: clinicians 1" in app.frame
    desk = Desk.open(own, made_up.environment(home), clock)
    assert verifying.verify(desk.repo).findings == ()
