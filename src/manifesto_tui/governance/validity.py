"""Says which votes count, and why the others do not.

Each vote is judged by itself, against the ballot and the roll that the ballot pinned; then the
last valid vote of each member counts and replaces the earlier ones. "Last" is by the number in
the file's name (`sam.yaml`, `sam-2.yaml`, …), never by the time a vote claims: a vote that is
void replaces nothing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from manifesto_tui.governance.ballot import STATUS_QUO, Ballot, Vote
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import LABELS, State

_LAST = 1_000_000_000


@dataclass(frozen=True)
class JudgedVote:
    """A vote, whether it counts, and in `why` one clause on why it does not.

    `code` is "" for a vote that counts, else one of `replaced`, `misnamed`, `another-ballot`,
    `another-effect`, `not-on-the-roll`, `not-a-choice`, `late`, `no-time`, `unsigned`,
    `bad-signature`, `key-withdrawn`, `after-decision`.
    """

    vote: Vote
    code: str = ""
    why: str = ""

    @property
    def voter(self) -> str:
        """The handle that the vote names."""
        return self.vote.voter

    @property
    def counted(self) -> bool:
        """Whether the vote counts."""
        return not self.code

    @cached_property
    def choice(self) -> str:
        """The answer as one reads it: `for`, or `a > b > status-quo`."""
        return " > ".join(self.vote.ranking) or self.vote.choice

    @property
    def label(self) -> str:
        """What people read of its signature: `signed`, or `unsigned, name not proven`."""
        return LABELS["signed" if self.vote.signed else self.vote.signature]

    def as_dict(self) -> dict[str, Any]:
        """Returns the vote as `tally --json` prints it."""
        return {
            "voter": self.voter,
            "choice": self.choice,
            "cast": self.vote.cast,
            "signed": self.vote.signed,
            "signature": self.label,
            "counted": self.counted,
            "why": self.why,
        }


def judge(
    ballot: Ballot,
    votes: Iterable[Vote],
    roll: Roll,
    rules: Rules,
    known: Collection[str] | None = None,
) -> tuple[JudgedVote, ...]:
    """Judges every vote; the result stands in the order of voters and of their files.

    `known`, where given, names the files that the decision knew of: others came too late for it.
    """
    order = sorted(votes, key=lambda v: (v.voter, sequence(v) or _LAST, v.path, v.cast, v.choice))
    judged = [
        JudgedVote(vote, "after-decision", "it came after the decision")
        if known is not None and file_name(vote) not in known
        else JudgedVote(vote, *fault(ballot, vote, roll, rules))
        for vote in order
    ]
    last = {vote.voter: at for at, vote in enumerate(judged) if vote.counted}
    return tuple(
        replace(vote, code="replaced", why="replaced by a later vote")
        if vote.counted and last[vote.voter] != at
        else vote
        for at, vote in enumerate(judged)
    )


def fault(ballot: Ballot, vote: Vote, roll: Roll, rules: Rules) -> tuple[str, str]:
    """Returns the code and the reason why a vote is void, or two empty strings."""
    if sequence(vote) is None:
        return "misnamed", "its file is not named after its voter"
    if vote.ballot != ballot.id:
        return "another-ballot", f"it names ballot {vote.ballot}"
    if vote.effect != ballot.effect:
        return "another-effect", "it names a text other than the one on this ballot"
    if vote.ballot_digest and ballot.digest and vote.ballot_digest != ballot.digest:
        return "another-ballot", "it names the file of another ballot"
    member = roll.by_handle.get(vote.voter)
    if member is None or member.retired:
        return "not-on-the-roll", "the voter was not on the roll when the ballot opened"
    wrong = wrong_answer(ballot, vote.choice, vote.ranking)
    if wrong:
        return "not-a-choice", wrong
    late = in_time(ballot, vote.cast, "cast")
    if late[0]:
        return late
    unproven = proven(vote.signature, vote.signed, rules)
    if unproven[0]:
        return unproven
    if rules.signatures == "required" and ballot.digest and not vote.ballot_digest:
        return "another-ballot", "it does not name its ballot’s file, so it could be from elsewhere"
    return "", ""


def in_time(ballot: Ballot, at: str, done: str) -> tuple[str, str]:
    """Returns the code and the reason where something was `done` too late, or two empty strings."""
    try:
        when, closes = moment(at), moment(ballot.closes)
    except ValueError:
        return "no-time", "its time cannot be read"
    if when >= closes:
        return "late", f"{done} after the ballot closed on {in_words(closes)}"
    return "", ""


def proven(signature: State, signed: bool, rules: Rules) -> tuple[str, str]:
    """Returns why a file is void for what is beside it; a signature that is wrong voids any."""
    if signature == "mismatch":
        return "bad-signature", "its signature does not match"
    if signature == "withdrawn":
        return "key-withdrawn", "its key had been withdrawn before"
    if rules.signatures != "required":
        return "", ""
    if signature == "unchecked":
        return "unsigned", "its signature cannot be checked, and the rules require one"
    return ("", "") if signed else ("unsigned", "it is not signed, and the rules require it")


def wrong_answer(ballot: Ballot, choice: str, ranking: tuple[str, ...]) -> str:
    """Returns why this is no answer on this ballot, "" where it is one.

    Between rivals an answer ranks some or all of the texts, the status quo among them, or
    abstains.
    """
    if not ballot.ranked:
        if ranking:
            return "there is one text, and nothing to rank"
        return "" if choice in ballot.choices else f"“{choice}” is not a choice on this ballot"
    if not ranking:
        return "" if choice == "abstain" else f"“{choice}” is not a ranking of the texts"
    names = {option.amendment for option in ballot.options} | {STATUS_QUO}
    unknown = [name for name in ranking if name not in names]
    if unknown:
        return f"“{unknown[0]}” is not on this ballot"
    if len(set(ranking)) < len(ranking):
        return "it ranks a text twice"
    return "" if STATUS_QUO in ranking else "it does not rank the status quo"


def sequence(vote: Vote) -> int | None:
    """Returns which of its voter's votes this is by its file's name, None if it is nobody's."""
    return turn(vote.path, vote.voter)


def turn(path: str, handle: str) -> int | None:
    """Returns which of a member's files of its kind this is by its name, None if it is nobody's.

    What has no file yet comes after all that have one.
    """
    if not path:
        return _LAST
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if name == handle:
        return 1
    numbered = re.fullmatch(r"-([1-9]\d{0,6})", name.removeprefix(handle))
    return int(numbered[1]) if numbered and name.startswith(handle) else None


def file_name(vote: Vote) -> str:
    """Returns the name of a vote's file without its folder."""
    return vote.path.rpartition("/")[2]
