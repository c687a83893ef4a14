"""Says what a draft means: which change it would make, and what is to be watched in its words.

amendment, open-3         other words for a clause, none to delete it
amendment, after:open-3   a new clause after it
edit, manifesto/03.md     a whole document
revision, k7f3 text.md    a document as one's own amendment would have it; wording, of another's
rules, manifesto/rules.yaml   the rules as a change of them would have them
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.governance.ruling import difference, refuse_wrong
from manifesto_tui.prose import (
    citations,
    compare,
    count_words,
    find_hidden,
    next_anchor,
    parse,
    plain,
    plainer,
    principle_slug,
    read_block,
    reveal,
    sentences,
    word_diff,
    write_block,
)
from manifesto_tui.tui.draw.changes import change_rows, marked
from manifesto_tui.tui.draw.drafts import AFTER
from manifesto_tui.tui.draw.rules import rules_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Told, join, line, opening, words
from manifesto_tui.tui.state import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from manifesto_tui.workflow.drafting import Draft

_HINTS = 5
# What stands before each thing to watch: what is wrong, what is said anyway, that all is well.
_WRONG, _SAID, _WELL = words("! ", "warn"), words("· ", "quiet"), words("✓ ", "good")

_CITING = re.compile(r"\[(?:@[\w-]+; ?)*@([\w-]*)$")


def changes_of(draft: Draft, view: View, taken: Iterable[str]) -> tuple[Change, ...]:
    """Returns the one change that a draft on a clause would make.

    Raises BadInput with a sentence where the words are more than one block, where they read as
    they did, or where the clause is gone.
    """
    text = view.assembly.text
    anchor = draft.target.removeprefix(AFTER)
    if anchor not in text.by_anchor:
        raise BadInput(
            "clause-unknown",
            "The clause is no longer in the text.",
            "Your draft is kept; copy your words to another clause.",
        )
    clause = text.by_anchor[anchor][1]
    # Plain words are of the clause's kind; but what stands after a title is no title.
    is_below = draft.target.startswith(AFTER) and clause.kind == "heading"
    like = None if is_below else clause.block
    try:
        block = read_block(draft.text, like) if draft.text.strip() else None
    except ValueError as problem:
        raise BadInput("one-clause", str(problem), "Write one paragraph or one item.") from None
    if draft.target.startswith(AFTER):
        if block is None:
            raise BadInput("nothing-written", "There are no words yet.", "Write the new clause.")
        new = next_anchor(principle_slug(text, anchor), [*taken, *text.by_anchor])
        return (Change(after=anchor, id=new, now=write_block(block)),)
    was = write_block(clause.block)
    if block is None:
        return (Change(clause=anchor, was=reveal(was)),)
    now = write_block(block)
    if now == was:
        raise BadInput("nothing-changed", "The clause reads as it did.", "Change it first.")
    return (Change(clause=anchor, was=reveal(was), now=now),)


def begins_at(draft: Draft, view: View, anchor: str = "") -> int:
    """Returns where in a document one begins to write: at a clause, else at what is changed.

    The clause is that of `anchor`, or the first that the amendment changes which is revised.
    """
    text = draft.text
    changed = 0
    if text != draft.agreed:
        pairs = enumerate(zip(text, draft.agreed, strict=False))
        shorter = min(len(text), len(draft.agreed))
        changed = next((at for at, (mine, theirs) in pairs if mine != theirs), shorter)
    if not anchor and not changed and draft.purpose in ("revision", "wording"):
        card = view.by_id.get(draft.target.partition(" ")[0])
        amendment = card.proposal.amendment if card else None
        first = next(iter(amendment.changes), None) if amendment else None
        anchor = (first.clause or first.after or "") if first else ""
    clause = view.assembly.text.by_anchor.get(anchor)
    found = text.find(clause[1].text.partition("\n")[0]) if clause else -1
    return found if found >= 0 else changed


def diff_rows(draft: Draft, text: str) -> list[Row]:
    """Returns what the words typed so far change in what was agreed."""
    if draft.on_rules:
        return _rules_rows(draft, text)
    if draft.purpose != "amendment":
        changes = compare(parse(reveal(draft.agreed)), parse(reveal(text)))
        return change_rows(changes) or [Passage(words("Nothing is changed yet.", "quiet"))]
    if not text.strip() and draft.agreed.strip():
        return [
            Passage(words("Without words, this proposes to delete the clause.", "warn")),
            Passage(marked([("-", draft.agreed)]), above=1),
        ]
    if text == draft.agreed:
        return [Passage(words("Nothing is changed yet.", "quiet"))]
    return [Passage(marked(word_diff(reveal(draft.agreed), reveal(text))))]


def citing(before: str) -> str | None:
    """Returns what was typed of a source's key at the end of `before`, None where none is typed.

    >>> citing("Publish it. [@wach")
    'wach'
    """
    found = _CITING.search(before)
    return found[1] if found else None


def source_rows(typed: str, view: View, told: Told) -> list[Row]:
    """Returns the sources that begin as what was typed, the first to be completed by a key."""
    keys = sources_like(typed, view)
    rows: list[Row] = [Divider(told("sources; {draft.side} completes the first", "quiet"), above=1)]
    for key in keys[:6]:
        source = view.assembly.sources[key]
        rows.append(Passage(join(line(key, "key"), "  ", line(source.title)), clip=True))
    if not keys:
        none = "no source begins like that" if view.assembly.sources else "there is no source yet"
        rows.append(Passage(words(none, "warn")))
    return rows


def sources_like(typed: str, view: View) -> list[str]:
    """Returns the keys of the sources that begin as what was typed, in alphabetical order."""
    return sorted(key for key in view.assembly.sources if key.startswith(typed.casefold()))


def check_rows(draft: Draft, text: str, view: View, hints: bool = True) -> list[Row]:
    """Returns what to watch: length and its budget, long sentences, sources, hidden characters.

    `hints` adds plainer words for those that have one, where the text is English.
    """
    if draft.on_rules:
        return _rules_problems(text, view)
    budget = view.assembly.manifesto.budget
    length, before = count_words(text), count_words(draft.agreed)
    limit = budget.clause if draft.purpose == "amendment" else budget.principle
    rows: list[Row] = [_length(length, before, limit)]
    if budget.words:
        rows.append(_whole(view.words + length - before, budget.words))
    rows += _problems(text, view)
    if hints and view.assembly.manifesto.language.casefold().startswith("en"):
        rows += _plainer(text)
    if len(rows) == 1 + bool(budget.words):
        rows.append(_well())
    return rows


def warned(checks: list[Row]) -> list[Row]:
    """Returns those of what to watch that are wrong, and not only worth a look."""
    return [row for row in checks if isinstance(row, Passage) and row.lead is _WRONG]


def _rules_rows(draft: Draft, text: str) -> list[Row]:
    """Returns the sentences of the rules that go and that come."""
    from manifesto_tui.workflow.ruling import rules_worded

    try:
        told = difference(rules_worded(draft.agreed), rules_worded(text))
    except BadInput:
        return [Passage(words("These are no rules yet: see below.", "warn"))]
    return rules_rows(told) or [Passage(words("Nothing is changed yet.", "quiet"))]


def _rules_problems(text: str, view: View) -> list[Row]:
    from manifesto_tui.workflow.ruling import rules_worded

    try:
        rules = rules_worded(text)
        refuse_wrong(view.assembly.rules, view.assembly.text, rules)
    except BadInput as problem:
        where = f"{problem.where} " if problem.where else ""
        said = join(line(where, "quiet"), line(problem.sentence), " ", line(problem.hint, "quiet"))
        return [Passage(said, lead=_WRONG)]
    return [_well()]


def _well() -> Row:
    return Passage(words("nothing to mend", "good"), lead=_WELL)


def _length(length: int, before: int, limit: int | None) -> Row:
    delta = f" ({length - before:+d})" if length != before else ""
    over = limit is not None and length > limit
    of = f" of {limit}" if limit is not None else ""
    return _counted(f"{length}{of} words{delta}", over)


def _whole(length: int, limit: int) -> Row:
    return _counted(f"the whole text: {length} of {limit} words", length > limit)


def _counted(said: str, over: bool) -> Row:
    return Passage(words(said, "warn" if over else ""), lead=_WRONG if over else _SAID)


def _problems(text: str, view: View) -> list[Row]:
    rows: list[Row] = []
    most = view.assembly.manifesto.budget.sentence
    for sentence in sentences(text) if most else ():
        if (count := count_words(sentence)) > (most or 0):
            told = join(f"{count} words in one sentence: ", opening(sentence, "quiet", 48))
            rows.append(Passage(told, lead=_WRONG))
    rows += [
        Passage(join("no such source: ", line(key, "key")), lead=_WRONG)
        for key in citations(text)
        if key not in view.assembly.sources
    ]
    for hidden in find_hidden(text)[:3]:
        sentence = f"hidden character U+{hidden.codepoint:04X} {hidden.name}; it will be refused"
        rows.append(Passage(words(sentence), lead=_WRONG))
    return rows


def _plainer(text: str) -> list[Row]:
    found = {hint.word.casefold(): hint for hint in plainer(plain(text))}
    return [
        Passage(
            join(line(hint.word, "strong"), (" may be plainer: ", "quiet"), line(hint.plainer)),
            lead=words("? ", "quiet"),
        )
        for hint in list(found.values())[:_HINTS]
    ]
