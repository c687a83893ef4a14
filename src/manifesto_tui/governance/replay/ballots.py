"""Judges ballots and decisions by drawing them up again.

What a ballot pins and what a decision concludes follow from the state at the parent commit: the
same functions that made them make them again, and what differs is a finding.
"""

from collections.abc import Container, Iterator

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.ballot import Ballot, Decision
from manifesto_tui.governance.concluding import conclude
from manifesto_tui.governance.effect import amendment_effect, enact, text_digest
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.opening import draw_up, least_voting, not_yet
from manifesto_tui.governance.paths import Place
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.replay.acts import is_later, refusal, stage_of
from manifesto_tui.governance.replay.state import Folder, State
from manifesto_tui.governance.replay.values import Finding, finding
from manifesto_tui.prose import Text

_STAGES = {
    "withdrawn": ("ballot-on-withdrawn", "had been withdrawn"),
    "adopted": ("ballot-on-decided", "had been decided"),
    "rejected": ("ballot-on-decided", "had been decided"),
    "at the ballot": ("ballot-twice", "was at the ballot already"),
}


_MOVED = {"rules-moved": "decision-rules", "rules-not-yet": "decision-early"}


def judge_ballot(
    commit: str,
    before: State,
    after: State,
    ballot: Ballot,
    place: Place,
    path: str,
    judged: Container[str],
) -> Iterator[Finding]:
    """Judges a ballot: who opened it, when, on what, and everything that it pins.

    `judged` holds the commits before; the one it was opened on is among them.
    """

    def found(code: str, said: str) -> Finding:
        return finding(code, commit, path, said)

    if ballot.id != place.id:
        yield found("ballot-misnamed", f"The ballot on {place.id} calls itself {ballot.id}.")
    why = refusal(before, ballot.opener, "open")
    if why:
        yield found("ballot-opener", why.sentence)
    if ballot.base not in judged:
        said = f"The ballot was opened on {ballot.base[:12]}, which is not in this history."
        yield found("ballot-elsewhere", said)
        return
    holder = after.folders.get(place.folder) or Folder(Proposal(place.folder))
    known = after.amendments_on(holder)
    for option in ballot.options:
        folder = after.folder_on(holder, option.amendment)
        latest = folder.proposal.amendment if folder else None
        if option.amendment not in known or latest is None or latest.revision != option.revision:
            said = f"Revision {option.revision} of {option.amendment} is not its latest on record."
            yield found("ballot-unknown-amendment", said)
            return
    for name in known:
        folder = after.folder_on(holder, name)
        at = stage_of(before, folder.proposal.folder) if folder else "open"
        code, said = _STAGES.get(at, ("", ""))
        if code:
            yield found(code, f"A ballot was opened on {name}, which {said}.")
            return
    yield from _pins(commit, before, after, ballot, holder, path)


def _pins(
    commit: str, before: State, after: State, ballot: Ballot, holder: Folder, path: str
) -> Iterator[Finding]:
    def found(code: str, said: str) -> Finding:
        return finding(code, commit, path, said)

    known = after.amendments_on(holder)
    amendments = [known[option.amendment] for option in ballot.options]
    try:
        due = draw_up(
            before.text,
            before.roll,
            before.rules,
            amendments,
            ballot_id=ballot.id,
            opened=ballot.opened,
            closes=ballot.closes,
            opener=ballot.opener,
            base=ballot.base,
        )
    except Refused as conflict:
        yield found("ballot-effect", conflict.sentence)
        return
    if (ballot.roll, ballot.electorate) != (due.roll, due.electorate):
        said = (
            f"The ballot counts {sum(ballot.electorate.values())} members where the roll in "
            f"force has {sum(due.electorate.values())}, or others than it."
        )
        yield found("ballot-electorate", said)
    if _rules_of(ballot) != _rules_of(due):
        differs = next(
            f"“{mine or 'none'}” where “{theirs or 'none'}” is in force"
            for mine, theirs in zip(_rules_of(ballot), _rules_of(due), strict=True)
            if mine != theirs
        )
        yield found("ballot-rules", f"The ballot goes by other rules: {differs}.")
    if ballot.options != due.options:
        said = "The ballot’s effect is not what its amendment makes of the text."
        yield found("ballot-effect", said)
    yield from _times(commit, before, after, ballot, holder, path)


def _rules_of(ballot: Ballot) -> tuple[str, ...]:
    # The digest comes last: where a threshold differs, that is what people can read.
    choices = ", ".join(ballot.choices)
    proxies = f"{ballot.proxies} proxies a member"
    entrenched = ", ".join(ballot.entrenched)
    asked = (ballot.quorum, ballot.threshold, ballot.each)
    return *asked, choices, proxies, entrenched, ballot.rules


def _times(
    commit: str, before: State, after: State, ballot: Ballot, holder: Folder, path: str
) -> Iterator[Finding]:
    try:
        opened, closes = moment(ballot.opened), moment(ballot.closes)
        if closes <= opened or closes - opened < least_voting(ballot, before.rules):
            said = f"The ballot, opened at {ballot.opened}, closes too soon: {ballot.closes}."
            yield finding("ballot-times", commit, path, said)
        for option in ballot.options:
            folder = after.folder_on(holder, option.amendment)
            early = folder and not_yet(folder.proposal, before.roll, before.rules, opened)
            if early:
                code = "ballot-on-lapsed" if early.code == "lapsed" else "ballot-early"
                yield finding(code, commit, path, early.sentence)
    except ValueError as unreadable:
        yield finding("ballot-times", commit, path, str(unreadable))


def judge_decision(
    commit: str, before: State, folder: Folder | None, decision: Decision, place: Place, path: str
) -> Iterator[Finding]:
    """Judges a decision by counting again the votes that were there before it."""

    def found(code: str, said: str) -> Finding:
        return finding(code, commit, path, said)

    why = refusal(before, decision.decider, "decide")
    if why:
        yield found("decision-decider", why.sentence)
    if folder is None or folder.opened is None or decision.ballot != place.id:
        yield found("decision-without-ballot", f"{place.id} was decided without a ballot on it.")
        return
    ballot, pinned = folder.opened
    if not is_later(ballot.closes, decision.decided):
        said = f"{place.id} was decided at {decision.decided}, and closes at {ballot.closes}."
        yield found("decision-early", said)
        return
    if not pinned.is_sound:
        return
    try:
        due, _ = conclude(
            ballot,
            before.amendments_on(folder),
            folder.all_votes(),
            pinned.roll,
            pinned.rules,
            before.text,
            decision.decider,
            moment(decision.decided),
            folder.mandates(),
            in_force=before.rules,
        )
    except Refused as moved:
        yield found(_MOVED.get(moved.code, "decision-text"), moved.sentence)
        return
    except (ValueError, KeyError):
        yield found("decision-text", "It cannot be counted.")
        return
    difference = _tally_difference(decision, due)
    if difference:
        yield found("decision-tally", f"The decision on {place.id} {difference}.")
    elif _named(decision) != _named(due):
        said = f"The decision on {place.id} names other votes than those that counted."
        yield found("decision-votes", said)


def _named(decision: Decision) -> tuple[object, ...]:
    return decision.votes, decision.counted, decision.void, decision.proxies


def _tally_difference(decision: Decision, due: Decision) -> str:
    if decision.outcome != due.outcome or decision.adopted != due.adopted:
        return f"says “{decision.outcome}”, and the votes come to “{due.outcome}”"
    if decision.totals != due.totals:
        return f"says {_numbers(decision.totals)}, and the votes are {_numbers(due.totals)}"
    if decision.constituencies != due.constituencies:
        return "has other numbers for the constituencies than the votes"
    for said, counted in (
        (decision.quorum, due.quorum),
        (decision.threshold, due.threshold),
    ):
        if said != counted:
            return f"says “{said}”, and it is “{counted}”"
    return ""


def _numbers(totals: dict[str, int]) -> str:
    return ", ".join(f"{answer} {number}" for answer, number in totals.items())


def text_decided(before: State, folder: Folder | None, decision: Decision) -> Text | None:
    """Returns the text as a decision would have it, None where it cannot be had.

    That is asked of what the decision itself says was adopted, so that a false count and a false
    text are told apart.
    """
    if not decision.adopted:
        return before.text
    if folder is None or folder.opened is None:
        return None
    ballot, pinned = folder.opened
    amendment = before.amendments_on(folder).get(decision.adopted)
    if amendment is None:
        return None
    effect = next(o.effect for o in ballot.options if o.amendment == decision.adopted)
    try:
        if pinned.is_sound and amendment_effect(before.text, amendment) != effect:
            return None
        if amendment.rules:
            return before.text
        return enact(before.text, amendment.changes)
    except Refused:
        return None


def judge_digests(
    commit: str, before: State, decision: Decision, decided: Text, path: str
) -> Iterator[Finding]:
    """Judges the digests of the text that a decision names."""
    if (decision.text_before, decision.text_after) != (before.digest, text_digest(decided)):
        said = "The decision names other digests of the text than those before and after it."
        yield finding("decision-digest", commit, path, said)
