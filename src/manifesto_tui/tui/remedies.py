"""Says what helps against a refusal in words for the app: its keys, and no commands.

A hint is written where the refusal is raised, for the command line. Here stands, by the code of
the refusal, what a reader of the app does instead; `{vote}` stands for the key that votes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.safe import Part, join, line

if TYPE_CHECKING:
    from manifesto_tui.tui.settings import Settings

# What a hint says that can be typed at the command line alone.
COMMAND = re.compile(r"manifesto-tui [a-z]|(?:^|\s|`)--?[a-z]")

REMEDIES = {
    "another-kind": "{rules.change} words the rules anew; {comment} comments on it.",
    "another-number": "Leave the number out.",
    "clause-unknown": "Leave it empty, or name a clause of the text.",
    "comment-unknown": "Read the discussion again: somebody else may have hidden it.",
    "drafting": "{ratify} puts it in force, as edition 1.0.0.",
    "duplicate": "Support that one with {second}.",
    "entrenched-unknown": "Leave it out, or name a clause that the text has.",
    "extra-missing": "Publish html, and print that.",
    "file-exists": "Name another.",
    "folder-not-empty": "Leave, make a new folder, and start in that.",
    "founded-already": "Look again.",
    "handle-taken": "Give another handle.",
    "has-a-key": "Admit them without one; a steward changes it afterwards.",
    "in-conflict": "{revise} words it anew.",
    "in-force": "Propose it instead: {amend} on a clause; what you wrote is kept as a draft.",
    "last-steward": "Name another first: {people.steward}.",
    "member-unknown": "{people} shows who is on it.",
    "name-missing": "Give one.",
    "name-of-a-member": "Record it as theirs, by their handle, or tell the two names apart.",
    "no-ballot": "A steward opens one with {ballot.open}.",
    "no-edition": "A steward makes one: {ratify}, and later {edition}.",
    "no-remote": "{sync} asks for one.",
    "no-identity": "Fill in your name, or say in {settings} who you are.",
    "no-proxy": "They give it with {proxy.give}.",
    "not-a-steward": "{people} shows who the stewards are.",
    "not-a-wording": "The discussion of yours shows the wordings that were filed of it.",
    "not-on-the-roll": "A steward admits members with {people.admit}.",
    "not-seconded": "Another member supports it with {second}.",
    "not-signed": "{people} lists the names that stand there.",
    "not-this-text": "Give a document of the whole text.",
    "not-waiting": "{reload} reads the record again.",
    "not-yours": "{word.otherwise} words it otherwise; {comment} comments on it.",
    "nothing-known": "Name an edition, a commit, a tag, or an amendment by its id.",
    "on-the-roll": "Choose another handle; {people.steward} makes a member a steward.",
    "proxy-chained": "Choose another member, or vote yourself.",
    "proxy-given": "They accept it with {proxy.accept}.",
    "reason-missing": "Give one.",
    "retired": "A steward admits them again with {people.admit}.",
    "rules-entrenched": "Propose the change: {rules.change}.",
    "text-missing": "Write one.",
    "text-moved": "Read it again, then go on.",
    "title-missing": "Give one.",
    "to-confirm": "If that is what you mean, confirm it; else {revise} words it anew.",
    "unreadable": "{check} says what is wrong with its file.",
    "worked-in": "Agree on an empty folder that nobody works in; it is named outside of the app.",
    "written-once": "{reload} reads it again; then go on.",
}
UNREAD = f"What it proposes cannot be read: {REMEDIES['unreadable']}"
"""What is said of an amendment whose file cannot be read."""


def remedy(problem: ManifestoError, keys: Settings, style: str = "") -> Content:
    """Returns what helps, told with the keys that the reader has."""
    if problem.code in REMEDIES and COMMAND.search(problem.hint):
        return keys.told(REMEDIES[problem.code], style)
    return line(problem.hint, style)


def why(problem: ManifestoError, keys: Settings) -> Content:
    """Returns the words that say what is wrong, where, and what helps."""
    where = "" if problem.where in problem.sentence else f"{problem.where}: "
    told: list[Part] = [line(where, "number"), line(f"{problem.sentence} ", "warn")]
    return join(*told, remedy(problem, keys))
