"""Judges what people did: second, withdraw, vote, change the roll or the rules.

Each act is judged by what was in force before the commit that does it.
"""

import re
from collections.abc import Iterator

from manifesto_tui.governance.amendment import Withdrawal
from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.lifecycle import Stage
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.paths import Place, is_settings, member_at
from manifesto_tui.governance.permission import Act, why_not
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.replay.state import Folder, Pinned, State
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.validity import fault

_VOTE_CODES = {
    "late": "vote-late",
    "another-ballot": "vote-elsewhere",
    "another-effect": "vote-other-effect",
    "not-on-the-roll": "vote-not-on-the-roll",
    "misnamed": "vote-misnamed",
    "not-a-choice": "vote-not-a-choice",
    "no-time": "vote-no-time",
    "unsigned": "vote-unsigned",
    # What the signature itself is found to be was said already.
    "bad-signature": "",
    "key-withdrawn": "",
}
_ADDRESS = re.compile(r"<([^<>]*)>")


def refusal(state: State, handle: str, act: Act) -> Refused | None:
    """Returns why a member may not do something by what is in force, None where they may."""
    return why_not(state.rules, state.members.get(handle), handle, act)


def stage_of(state: State, path: str) -> Stage:
    """Returns at what stage the amendment in a folder is; a closed ballot counts as open."""
    folder = state.folders.get(path)
    if folder is None:
        return "open"
    ballot = state.ballot_of(folder)
    if ballot and ballot.decision:
        return "adopted" if ballot.decision.adopted == folder.proposal.id else "rejected"
    if ballot:
        return "at the ballot"
    return "withdrawn" if folder.proposal.withdrawal else "open"


def judge_second(
    commit: str, before: State, after: Folder, place: Place, path: str
) -> Iterator[Finding]:
    """Judges a second: by a member entitled to it, under that member's name.

    The second of a later revision has its number behind the name: `seconds/sam-2.yaml`.
    """
    named = {
        name: second.member
        for second in after.proposal.seconds
        for name in (f"{second.member}-{second.revision}", second.member)
    }
    member = named.get(place.name)
    if member is None:
        yield finding("second-void", commit, path, "The second is not named after its member.")
        return
    why = refusal(before, member, "second")
    if why:
        yield finding("second-void", commit, path, why.sentence)


def judge_withdrawal(
    commit: str, before: State, after: Folder, withdrawal: Withdrawal, place: Place, path: str
) -> Iterator[Finding]:
    """Judges a withdrawal: by the proposer, before a ballot was opened."""
    amendment = after.proposal.amendment
    if amendment is None or withdrawal.member != amendment.proposer:
        said = f"{withdrawal.member} is not the proposer of {place.id}, and withdrew it."
        yield finding("withdrawal-void", commit, path, said)
    elif stage_of(before, place.folder) != "open":
        said = f"{place.id} was withdrawn after it was put to the vote."
        yield finding("withdrawal-void", commit, path, said)


def judge_vote(
    commit: str, before: Folder | None, after: Folder, vote: Vote, path: str
) -> Iterator[Finding]:
    """Judges one vote against the ballot that its folder holds and what that ballot pinned."""
    if after.opened is None:
        said = f"{vote.voter} votes where no ballot is open."
        yield finding("vote-without-ballot", commit, path, said)
        return
    ballot, pinned = after.opened
    code, why = fault(ballot, vote, pinned.roll, pinned.rules)
    if code:
        if not _VOTE_CODES[code]:
            return
        said = f"The vote of {vote.voter} is void: {why}."
        yield finding(_VOTE_CODES[code], commit, path, said)
    elif before and before.decision:
        said = f"The vote of {vote.voter} came after the decision, and did not count."
        yield finding("vote-after-decision", commit, path, said)


def judge_roll(
    commit: str, before: State, after: State, author: str, path: str
) -> Iterator[Finding]:
    """Judges a change of the roll or of the rules by who the commit says it is by.

    An author is only a claim, and may be nobody that the roll knows by address: then there is
    nothing to say. Members may change what the roll says of themselves, but not whom they count
    for, what they may do, or that they have retired from it for good.
    """
    actor = _actor(before, author)
    if actor is None:
        return
    handle = member_at(path)
    if handle:
        old, new = before.members.get(handle), after.members.get(handle)
        if handle == actor.handle and old and new and old.standing == new.standing:
            return
        why = why_not(before.rules, actor, actor.handle, "admit")
        if why:
            said = f"{actor.handle}, who is no steward, changed the roll: {handle}."
            yield finding("roll-by-non-steward", commit, path, said)
    elif is_settings(path) and why_not(before.rules, actor, actor.handle, "change the rules"):
        said = f"{actor.handle}, who is no steward, changed the rules or the settings."
        yield finding("rules-by-non-steward", commit, path, said)


def judge_stranger(
    commit: str, before: State, after: State, author: str, path: str
) -> Iterator[Finding]:
    """Judges a change of the roll or of the rules that no steward has signed.

    Where stewards have keys they sign, so what nobody whom the roll knows has changed is an error,
    and what a steward is said to have changed is worth knowing. Where they have addresses alone,
    another address may still be theirs. Where the roll tells of neither, nothing can be said.
    """
    handle = member_at(path)
    old, new = before.members.get(handle), after.members.get(handle)
    if handle and old and new and old.standing == new.standing:
        return
    act: Act = "admit" if handle else "change the rules"
    stewards = [m for m in before.members.values() if not why_not(before.rules, m, m.handle, act)]
    actor, has_keys = _actor(before, author), any(m.keys for m in stewards)
    what, changed = ("roll", f"the roll: {handle}") if handle else ("rules", "rules or settings")
    if actor and why_not(before.rules, actor, actor.handle, act):
        return  # It was said already.
    if actor is None and has_keys:
        said = f"Somebody whom the roll does not know changed {changed}, and no steward signed it."
        yield finding(f"{what}-by-stranger", commit, path, said)
    elif has_keys or (actor is None and any(m.addresses for m in stewards)):
        said = f"Nothing proves that a steward changed {changed}."
        yield finding(f"{what}-unproven", commit, path, said)


def _actor(state: State, author: str) -> Member | None:
    address = _ADDRESS.search(author)
    return state.roll.by_address(address[1]) if address and address[1] else None


def pinned_now(state: State, *, is_sound: bool) -> Pinned:
    """Returns what a ballot pins that is opened on this state."""
    return Pinned(state.enrolled, state.rules, state.rules_paper, is_sound)


def is_later(first: str, second: str) -> bool:
    """Says whether the second of two times is no earlier; not so where one cannot be read."""
    try:
        return moment(second) >= moment(first)
    except ValueError:
        return False
