"""Lets people choose where what they recorded met what others sent first.

What others sent stands. Yours waits in this clone, whole, until you record it over theirs, as a
new act of today, or let it go. Everything else is sent meanwhile.
"""

from dataclasses import dataclass

from manifesto_tui.governance.paths import kind_of
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.ruling import refuse_direct
from manifesto_tui.record import forms
from manifesto_tui.record.objects import Entry
from manifesto_tui.record.remaking import Unsent, unsent_at
from manifesto_tui.record.waiting import kept_aside, let_go
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again_on_the_same_text
from manifesto_tui.workflow.remaking import Maker


@dataclass(frozen=True, slots=True)
class Kept:
    """One act that waits: its commit, what it says of itself, and the files that it changed."""

    commit: str
    subject: str
    paths: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What waits."""
        return f"{quoted(self.subject)} waits for you to choose."

    @property
    def how(self) -> str:
        """The commands by which one chooses."""
        name = self.commit[:7]
        return (
            f"{quoted(self.subject)}: `manifesto-tui sync --mine {name}` records yours over "
            f"theirs, and `manifesto-tui sync --theirs {name}` lets it go."
        )


def waiting(desk: Desk) -> tuple[Kept, ...]:
    """Returns the acts that wait for somebody to choose, the oldest first."""
    return tuple(map(_kept, _acts(desk)))


@again_on_the_same_text
def choose_mine(desk: Desk, name: str) -> Recorded:
    """Records an act that waits over what others sent, as one commit of whoever sits here.

    Only what both sides changed is overwritten; what others changed beside it stays. Raises
    BadInput "not-waiting", and Refused where the member may not do what the act does.
    """
    act, maker, member = _named(desk, name), Maker(desk), desk.me()
    found = maker.united(act, desk, mine_wins=True)
    # Others' code never waits here.
    files = {path: data for path, data in found.items() if not isinstance(data, Entry)}
    if not files:
        let_go(desk.repo, [act.commit])
        raise BadInput(
            "nothing-changed",
            f"{quoted(act.subject)} reads so there as well.",
            "It waits no longer.",
        )
    for path, data in files.items():
        _refuse(desk, member, path, data)
    maker.refuse_unproved(desk.signed(files), act.message)
    done = desk.record(files, act.message)
    let_go(desk.repo, [act.commit])
    return done


def choose_theirs(desk: Desk, name: str) -> Kept:
    """Lets an act that waits go, so that what others sent stands; BadInput "not-waiting"."""
    act = _named(desk, name)
    let_go(desk.repo, [act.commit])
    return _kept(act)


def _refuse(desk: Desk, member: Member, path: str, data: bytes | None) -> None:
    """Raises Refused where a member may not change this file so."""
    assembly, kind = desk.assembly, kind_of(path)
    value = forms.read(path, data) if kind and data is not None else None
    if isinstance(value, Rules):
        refuse_direct(assembly, member.handle, value)
    elif kind in ("manifesto", "sources"):
        refuse(assembly, member.handle, "change the rules")
    elif isinstance(value, Member):
        known = assembly.roll.by_handle.get(value.handle)
        own = known and value.handle == member.handle and value.standing == known.standing
        if not own:
            refuse(assembly, member.handle, "admit")
    elif path in assembly.manifesto.text:
        refuse(assembly, member.handle, "edit")


def _acts(desk: Desk) -> list[Unsent]:
    return [unsent_at(desk.repo, commit, f"{commit}^") for commit in kept_aside(desk.repo)]


def _kept(act: Unsent) -> Kept:
    return Kept(act.commit, act.subject, tuple(act.changes))


def _named(desk: Desk, name: str) -> Unsent:
    found = [act for act in _acts(desk) if name and act.commit.startswith(name)]
    if len(found) != 1:
        raise BadInput(
            "not-waiting",
            "Nothing of this name waits for you to choose.",
            "`manifesto-tui status` lists what does.",
        )
    return found[0]
