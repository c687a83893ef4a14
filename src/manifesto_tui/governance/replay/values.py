"""Names what goes into a replay, what comes out, and every code that a finding can have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from manifesto_tui.governance.assembly import Assembly

Status = Literal["A", "M", "D", "T"]
Severity = Literal["error", "note"]
Judgement = Literal["PROVED", "PROVED WITH NOTES", "NOT PROVED"]
Assurance = Literal["signed", "mixed", "unsigned"]


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a commit did to one file: added, modified, deleted, or changed its type.

    Renames are a deletion and an addition. Modes are as git prints them ("100644", "" where there
    is no file). `old` and `new` are the bytes before and after, None where there is none or where
    it is no file. `name` names the bytes after as git does, so that they need no digest of ours;
    it may be left out.
    """

    path: str
    status: Status
    old_mode: str = ""
    mode: str = "100644"
    old: bytes | None = None
    new: bytes | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CommitDelta:
    """One commit: its parents, its author as git has it ("Name <address>"), what it changed.

    `changes` are against the first parent, also of a merge; a commit whose first parent is not
    fed is given whole, as additions. They hold at least every path under `manifesto/` and
    `proposals/` and the files of the text, wherever those are. `children` is how many commits of
    this history name it as a parent, None where nobody counted: its state is then kept to the end.
    `to_come` is how many commits follow, where somebody knows.
    """

    commit: str
    parents: tuple[str, ...]
    author: str
    changes: tuple[FileChange, ...]
    children: int | None = None
    to_come: int = 0


class Assemble(Protocol):
    """Reads record files; never raises, and never needs one file to read another.

    It is given few files at a time, often a single one: what can be read of them is in the
    assembly, what cannot is in its `problems` at the file's path.
    """

    def __call__(self, files: Mapping[str, bytes]) -> Assembly: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the history shows and should not: which commit, which file, one sentence."""

    code: str
    severity: Severity
    commit: str
    path: str
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """Returns the finding as `verify --json` prints it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "commit": self.commit,
            "path": self.path,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Proof:
    """What a replay comes to.

    `genesis` is the commit that founded the manifesto ("" where none did), `head` the last one,
    `text` the digest of the text at the head. `editions` names the commit that brought each
    edition, by its number.
    """

    verdict: Judgement
    genesis: str
    head: str
    text: str
    assurance: Assurance
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Returns the document that `verify --json` prints."""
        return {
            "verdict": self.verdict,
            "genesis": self.genesis,
            "head": self.head,
            "text": self.text,
            "assurance": self.assurance,
            "counts": dict(self.counts),
            "findings": [finding.as_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Code:
    """How grave a kind of finding is, and what it means."""

    severity: Severity
    meaning: str


def _error(meaning: str) -> Code:
    return Code("error", meaning)


def _note(meaning: str) -> Code:
    return Code("note", meaning)


CODES: dict[str, Code] = {
    # The clone
    "shallow-clone": _error("The clone lacks the older part of the history: nothing is proved."),
    "grafted": _error("Grafts change the history that this clone shows: nothing is proved."),
    "replaced-objects": _error("The clone shows other objects in place of some that it holds."),
    "tip-lost": _error("The history no longer contains the last tip that this clone verified."),
    "memory-altered": _note("What the clone remembered as proved was altered; it was proved anew."),
    # A push
    "push-not-forward": _error("A push drops commits that were on the branch before."),
    "push-deletes": _error("A push deletes the branch that holds the record."),
    "push-unknown": _error("A push brings a file in the record's folders that nothing allows."),
    "not-proved-before": _note("The branch was not proved before the push either."),
    # The record as files
    "not-founded": _error("No commit founds a manifesto, so there is nothing to prove."),
    "founded-twice": _error("Another history with a manifesto of its own was merged in."),
    "manifesto-deleted": _error("The manifesto's settings were deleted."),
    "record-edited": _error("A record file was changed after it was written."),
    "record-deleted": _error("A record file was deleted, or lost in a merge."),
    "record-renamed": _error("A record file was renamed."),
    "record-mode": _error("A record file is no plain file: it is executable, or a link."),
    "comment-removed": _note("A comment was taken away, as the law may require."),
    "unreadable": _error("A record file cannot be read, so it does not count."),
    "path-unknown": _note("A file in the record is none that the record knows; it is ignored."),
    # Who and how
    "roll-by-non-steward": _error("The roll was changed by a member who is no steward."),
    "roll-deleted": _error("A member's file was deleted: members retire, they do not vanish."),
    "roll-undone": _error("A merge undid what one of its sides had done to the roll."),
    "rules-undone": _error("A merge undid what one of its sides had done to rules or settings."),
    "rules-edited": _error("Rules that are entrenched were changed outside a decision."),
    "rules-by-non-steward": _error("Rules or settings were changed by a member who is no steward."),
    "roll-by-stranger": _error(
        "The roll was changed by nobody whom it knows, without a signature."
    ),
    "rules-by-stranger": _error("The rules were changed by nobody whom the roll knows."),
    "roll-unproven": _note("The roll was changed, and nothing proves that a steward did it."),
    "rules-unproven": _note("The rules were changed, and nothing proves that a steward did it."),
    "key-swapped": _error("A member's keys were changed by someone who may not change them."),
    # Signatures
    "signature-mismatch": _error("A signature is not its author's, or not over its file."),
    "signature-withdrawn": _error("A signature was made with a key that had been withdrawn."),
    "signature-unchecked": _note("A signature cannot be checked here; it proves no name."),
    "signature-late": _note("A signature came without its file, so it proves nothing."),
    "record-unsigned": _error("A record file is unsigned where the rules require a signature."),
    # Amendments
    "amendment-proposer": _error("The proposer of an amendment was not entitled to propose."),
    "amendment-misnamed": _error("An amendment's id or revision is not what its file is called."),
    "revision-frozen": _error("An amendment was revised after it was put to the vote."),
    "revision-by-another": _error("An amendment was revised by another than its proposer."),
    "revision-author": _error("A revision is said to be another's wording that is not on record."),
    "revision-otherwise": _error("A revision reads otherwise than the wording that it takes up."),
    "amends-unknown": _error("An amendment words another otherwise that is not on record."),
    "hidden-characters": _error("An amendment holds characters that nobody sees."),
    "look-alike": _note("An amendment spells words with letters that look like others."),
    "second-void": _error("A second is not by a member, or stands under another's name."),
    "comment-void": _note("A comment is not by a member, or hides what it may not hide."),
    "withdrawal-void": _error("An amendment was withdrawn by another than its proposer, or late."),
    # Ballots
    "ballot-misnamed": _error("A ballot's id is not that of the folder it stands in."),
    "ballot-unknown-amendment": _error("A ballot is on an amendment or revision not on record."),
    "ballot-on-withdrawn": _error("A ballot was opened on an amendment that was withdrawn."),
    "ballot-on-lapsed": _error("A ballot was opened on an amendment that had lapsed."),
    "ballot-on-decided": _error("A ballot was opened on an amendment that was decided."),
    "ballot-twice": _error("A ballot was opened on an amendment that was at the ballot."),
    "ballot-opener": _error("The opener of a ballot was not entitled to open one."),
    "ballot-elsewhere": _error("A ballot was opened on a commit that is not in this history."),
    "ballot-electorate": _error("A ballot names another electorate than the roll in force."),
    "ballot-rules": _error("A ballot names other rules than those in force."),
    "ballot-effect": _error("A ballot names another effect than its amendment has on the text."),
    "ballot-early": _error("A ballot opened before its amendment was seconded or discussed."),
    "ballot-times": _error("A ballot closes too soon after it opened, or has no readable times."),
    # Votes
    "vote-without-ballot": _error("A vote stands where no ballot was open."),
    "vote-not-on-the-roll": _error("A vote is by someone not on the roll of its ballot."),
    "vote-other-effect": _error("A vote names another text than the one on its ballot."),
    "vote-elsewhere": _error("A vote stands in the folder of another ballot."),
    "vote-misnamed": _error("A vote stands under another member's name."),
    "vote-late": _error("A vote was cast after its ballot had closed."),
    "vote-not-a-choice": _error("A vote is none of the choices on its ballot."),
    "vote-no-time": _error("A vote's time cannot be read."),
    "vote-unsigned": _error("A vote is unsigned where the rules require a signature."),
    "vote-after-decision": _note("A vote came after the decision on its ballot; it did not count."),
    # Proxies
    "proxy-without-ballot": _error("A proxy was given or accepted where no ballot was open."),
    "proxy-void": _error("A proxy is not its giver's, not for its ballot, late, or not allowed."),
    "acceptance-void": _error("Someone accepted a proxy that is not theirs, or that nobody gave."),
    "proxy-chained": _error("A proxy was passed on: it goes one step only."),
    "proxy-too-many": _error("A member accepted more proxies than the rules allow."),
    "proxy-after-decision": _note("A proxy came after the decision; it did not count."),
    # Decisions
    "decision-without-ballot": _error("A decision stands where no ballot was open."),
    "decision-early": _error("A ballot was decided before it closed."),
    "decision-decider": _error("The decider was not entitled to record a decision."),
    "decision-tally": _error("A decision's numbers or outcome are not what the votes come to."),
    "decision-votes": _error("A decision names other votes than those that counted."),
    "decision-digest": _error("A decision names other digests of the text than it has."),
    "decision-rules": _error("A decision put other rules in force than its ballot was on."),
    "decision-text": _error("A decision changed the text otherwise than its effect says."),
    # Editions and signatories
    "edition-maker": _error("An edition was made by a member who may not make one."),
    "edition-early": _error("An edition was made of a text that is not in force."),
    "edition-text": _error("An edition names another text than the one it was made of."),
    "edition-number": _error("An edition's number is not the one that follows from the changes."),
    "edition-decisions": _error("An edition names other decisions than those made since the last."),
    "edition-tag-moved": _error("The tag of an edition names another commit than the edition's."),
    "edition-tag-plain": _note("The tag of an edition is not the one that this program makes."),
    "edition-tag-missing": _note("An edition has no tag in this clone."),
    "edition-tag-alone": _note("A tag names an edition that the record does not have."),
    "signatory-by": _error("A name was put to an edition by someone who may not put it there."),
    "signatory-edition": _error("A name stands under, or is taken from, an edition there is not."),
    "signatory-name": _error("A signatory stands under another's name, or for others."),
    # The text
    "text-edited": _error("The text in force was changed outside a decision."),
    "text-unreadable": _error("A file of the text is missing or cannot be read."),
    "ratified-otherwise": _error("The text put in force is not the one whose digest was recorded."),
    "state-undone": _error("A text in force was made a draft again."),
    "anchor-reused": _error("An anchor that named a deleted clause names another one now."),
    "anchor-reused-drafting": _note("While drafting, an anchor came to name another clause."),
}
"""Every code a finding can have, in the order of `docs/verify.md`."""


def finding(code: str, commit: str, path: str, sentence: str) -> Finding:
    """Returns a finding of a known code."""
    return Finding(code, CODES[code].severity, commit, path, sentence)
