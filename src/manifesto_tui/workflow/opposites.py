"""Knows, for each kind of act, the act that is the record's own opposite of it.

Each returns what it would do in one sentence, and what does it; Refused "no-opposite" where the
record has none, with what one can do instead.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from manifesto_tui.governance.paths import folder_of, stem
from manifesto_tui.governance.phrases import listed
from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.governance.rules import rules_digest
from manifesto_tui.governance.ruling import difference, refuse_direct
from manifesto_tui.governance.signatory import stood_before
from manifesto_tui.governance.validity import sequence, turn
from manifesto_tui.record import layout
from manifesto_tui.workflow import (
    deciding,
    discussing,
    editing,
    people,
    representing,
    revising,
    ruling,
    signing_on,
)
from manifesto_tui.workflow.desk import Desk, Recorded

_INSTEAD = {
    "second": ("A second stands.", "Say otherwise in a comment."),
    "withdrawal": ("A withdrawal stands.", "Propose it again."),
    "ballot": ("A ballot stays opened, and ends at its closing time.", "Vote as you mean to."),
    "decision": ("A decision stands.", "Propose the earlier words as an amendment."),
    "acceptance": ("Whom you vote for may take it back, and you may not.", "Ask them to."),
    "edition": ("An edition stands.", "Make another when the text has changed."),
    "manifesto": ("The settings of the manifesto stand.", "A steward changes them in the file."),
    "sources": ("The list of sources stands.", "Change it in its file."),
}
_NO_ACT = ("That was no act of a member on the record.", "Undo it where it was made.")


@dataclass(frozen=True, slots=True)
class Done:
    """One act as it stands in the history.

    `path` is the file that says what it was, `id` the proposal that it belongs to, "" for none;
    `before` and `after` are the commits around it.
    """

    kind: str | None
    path: str
    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Opposite:
    """What takes an act back, in a sentence; `rules` are the sentences in which rules change."""

    told: str
    make: Callable[[Desk], Recorded] = field(repr=False, compare=False)
    rules: tuple[tuple[str, str], ...] = ()


def opposite(desk: Desk, act: Done) -> Opposite:
    """Returns what takes an act of the member here back; Refused where nothing does."""
    match act.kind:
        case "vote":
            return _vote(desk, act.path, act.id)
        case "comment":
            return _comment(desk, act.path, act.id)
        case "amendment":
            return _amendment(desk, act.path, act.id)
        case "member":
            return _member(desk, stem(act.path), act.before)
        case "signatory":
            return _name(desk, act.path)
        case "proxy":
            return _proxy(desk, act.path, act.id)
        case "rules":
            return _rules(desk, act)
        case None:
            return _words(desk, act.path, act.before)
    raise none(*_INSTEAD[act.kind])


def _vote(desk: Desk, path: str, id: str) -> Opposite:
    votes = desk.find(id).votes
    voter = next((v.voter for v in votes if v.path == path), "")
    if not voter:
        raise none(*_NO_ACT)
    mine = sorted((v for v in votes if v.voter == desk.me().handle), key=lambda v: sequence(v) or 0)
    if voter != desk.me().handle:
        raise others(voter)
    if mine[-1].path != path:
        raise none("You have voted again since.", "Undo that vote, or vote once more.")
    if len(mine) < 2:
        raise none(
            "A first vote can be changed and not unsaid.",
            "Vote again until the ballot closes: the last vote counts.",
        )
    former = mine[-2]
    said = ", ".join(former.ranking) or former.choice

    def make(desk: Desk) -> Recorded:
        return deciding.vote(desk, id, former.choice or None, former.ranking, former.reason)

    return Opposite(f"Casts your vote before it again: {said}.", make)


def _comment(desk: Desk, path: str, id: str) -> Opposite:
    name = stem(path)
    said = next((c for c in desk.find(id).comments if c.name == name), None)
    if said is None:
        raise none(*_NO_ACT)
    if said.member != desk.me().handle:
        raise others(said.member)
    if said.hides:
        raise none("What is hidden stays hidden.", "Say it again in another comment.")
    return Opposite(
        "Hides your comment; it stays in the record as hidden.",
        lambda desk: discussing.hide(desk, id, name, "Taken back by who said it."),
    )


def _amendment(desk: Desk, path: str, id: str) -> Opposite:
    proposal = desk.find(id)
    latest, revisions = proposal.proposed(), proposal.revisions
    if latest.proposer != desk.me().handle:
        raise others(latest.proposer)
    if layout.amendment_path(folder_of(path), latest.revision) != path:
        raise none("There is a later revision.", "Undo that one first.")
    if len(revisions) == 1:
        revising.open_amendment(desk, id)
        return Opposite(
            f"Withdraws {id}; it stays in the record as withdrawn.",
            lambda desk: revising.withdraw(desk, id, "Taken back by its proposer."),
        )
    former = revisions[-2]

    def make(desk: Desk) -> Recorded:
        changes = None if former.rules else former.changes
        title, why = former.title, former.rationale
        return revising.revise(
            desk, id, changes=changes, rules=former.rules, title=title, rationale=why
        )

    return Opposite(
        f"Files the words of revision {former.revision} again, as the next revision.", make
    )


def _member(desk: Desk, handle: str, before: str) -> Opposite:
    was = desk.assembly_at(before).roll.by_handle.get(handle)
    now = desk.assembly.roll.by_handle.get(handle)
    if now is None:
        raise none(*_NO_ACT)
    if was is None or (was.retired and not now.retired):
        return Opposite(
            f"Retires {now.name}; they stay on the roll for history.",
            lambda desk: people.retire(desk, handle),
        )
    if now.retired and not was.retired:
        return Opposite(
            f"Admits {was.name} again.",
            lambda desk: people.admit(
                desk, handle, was.name, was.constituency, was.is_steward, was.addresses
            ),
        )
    if now.is_steward != was.is_steward:
        if now.is_steward:
            return Opposite(
                f"{now.name} is no steward any more.", lambda desk: people.relieve(desk, handle)
            )
        return Opposite(
            f"{now.name} is a steward again.", lambda desk: people.appoint(desk, handle)
        )
    raise none(
        "A change of keys is not taken back by itself.",
        "`manifesto-tui roll key` adds and withdraws them.",
    )


def _name(desk: Desk, path: str) -> Opposite:
    acts = desk.assembly.signatories
    act = next((a for a in acts if layout.signatory_path(a.handle, a.place) == path), None)
    if act is None:
        raise none(*_NO_ACT)
    if any(a.handle == act.handle and a.place > act.place for a in acts):
        raise none("There is a later act of that name.", "Undo that one first.")
    stood = stood_before(acts, act)
    if not stood:
        return Opposite(
            f"Takes the name of {act.name} back.",
            lambda desk: signing_on.take_back(
                desk, act.handle, "Taken back by whoever put it there."
            ),
        )
    # Taking back is from every edition: under those before, a name has to be put again.
    again = act.edition == stood[-1].edition
    signings = stood[-1:] if again else stood
    editions = listed([signing.edition for signing in signings])
    anew = not (again or act.withdrawn)
    told = "Takes the name back, and puts" if anew else "Puts"
    return Opposite(
        f"{told} the name of {stood[-1].name} under {editions} again, as it stood.",
        lambda desk: signing_on.put_back(desk, signings, anew),
    )


def _proxy(desk: Desk, path: str, id: str) -> Opposite:
    given = desk.find(id).proxies
    act = next((p for p in given if p.path == path), None)
    if act is None:
        raise none(*_NO_ACT)
    mine = sorted(
        (p for p in given if p.giver == act.giver), key=lambda p: turn(p.path, p.giver) or 0
    )
    if act.giver != desk.me().handle:
        raise others(act.giver)
    if mine[-1].path != path:
        raise none("You have chosen again since.", "Undo that choice, or vote yourself.")
    former = mine[-2].holder if len(mine) > 1 else ""
    representing.choice(desk, id, former)
    if not former:
        told = f"Takes your proxy back: {act.holder} does not vote for you."
        return Opposite(told, lambda desk: representing.withdraw(desk, id))
    return Opposite(
        f"Lets {former} vote for you again, as soon as {former} accepts it anew.",
        lambda desk: representing.give(desk, id, former),
    )


def _rules(desk: Desk, act: Done) -> Opposite:
    now, was = desk.assembly.rules, desk.assembly_at(act.before).rules
    if rules_digest(now) != rules_digest(desk.assembly_at(act.after).rules):
        raise none("The rules were changed again since.", "Undo that change first.")
    refuse_direct(desk.assembly, desk.me().handle, was)
    return Opposite(
        "Makes the rules as they were before.",
        lambda desk: ruling.change(desk, was, "Taken back by whoever changed them."),
        difference(now, was),
    )


def _words(desk: Desk, path: str, before: str) -> Opposite:
    was = desk.text_at(before).sources
    now = desk.assembly.text.sources
    if not path or set(was) != set(now):
        raise none(*_NO_ACT)
    changed = {name: source for name, source in was.items() if source != now[name]}

    def make(desk: Desk) -> Recorded:
        return editing.save_text(desk, changed, "Take the last edit back")

    return Opposite("Writes the words back as they were before.", make)


def others(name: str) -> ManifestoError:
    """Says that an act is somebody else's."""
    said = f"What was recorded last is {name}’s, not yours."
    return Refused("nothing-to-undo", said, "Only they take it back.")


def none(sentence: str, hint: str) -> ManifestoError:
    """Says why nothing takes an act back, and what one can do instead."""
    return Refused("no-opposite", sentence, hint)
