"""Sets cards and changes as lines of text: a mark first, colour only as an echo of it.

~ 5 heading [development]  title
  We [-shift control from Big IT to NHS care teams-]{+develop digital teams+}.
"""

from collections.abc import Sequence

from manifesto_tui.cli.printing import Printer
from manifesto_tui.governance.lifecycle import UNDECIDED
from manifesto_tui.prose import ClauseChange
from manifesto_tui.workflow.card import TOLD, Card

_MARKS = {
    "replaced": "~",
    "inserted": "+",
    "deleted": "-",
    "moved": "→",
    "split": "÷",
    "merged": "∪",
}
_INDENT = "    "


def print_change(printer: Printer, change: ClauseChange, indent: str = "") -> None:
    """Prints one change: what it is about, and its words marked `{+added+}` and `[-removed-]`."""
    printer.strong(head_of(change), indent)
    spans: list[tuple[str, str]] = []
    if change.was == change.now:
        spans.append(("faint", change.now))
    else:
        for op, words in change.words:
            opening, closing = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}[op]
            spans.append((op, f"{opening}{words}{closing}"))
    printer.spans(spans, indent + _INDENT)
    printer.say()


def print_rules(printer: Printer, rules: Sequence[tuple[str, str]], indent: str = "") -> None:
    """Prints a change of the rules: the sentences that go and that come, each with its mark."""
    for sign, sentence in rules:
        printer.spans([(sign, f"{sign} {sentence}")], indent)


def head_of(change: ClauseChange) -> str:
    """Returns what a change is about, as one line: its mark, number, block, anchor and weight."""
    anchor = f" #{change.clause}" if change.clause else ""
    where = f" in {change.path}" if change.path else ""
    number = f" {change.number}" if change.number else ""
    mark = _MARKS[change.kind]
    return f"{mark}{number} {change.block} {change.kind}{anchor}{where} ({change.weight})"


def card_line(card: Card) -> str:
    """Returns a proposal as one line: mark, id, state, title, and what to know of it."""
    mark = "!" if "vote" in card.asks else {"adopted": "✓", "rejected": "✗"}.get(card.stage, " ")
    stage = "adopted as modified" if card.modified_by and mark == "✓" else card.stage
    notes = [_SIZES.get(card.kind) or f"{card.words_delta:+d} words"]
    notes.append(card.signature.label)
    notes += [TOLD[need] for need in card.asks if need != "conflict"]
    if card.stage in UNDECIDED:
        if card.standing and card.standing.state != "clean" and "refiling" not in card.asks:
            notes.append(card.misfit or _STANDINGS[card.standing.state])
        for relation in sorted({c.relation for c in card.collisions}):
            # Rivals at one ballot may meet the same amendment each.
            named = {card.beside(c): None for c in card.collisions if c.relation == relation}
            notes.append(f"⚡ {_RELATIONS[relation]} {', '.join(named)}")
    return f"{mark} {card.id}  {stage:<13}  {card.title}  ({'; '.join(notes)})"


_SIZES = {
    "ballot": "rivals",
    "rules": "the rules",
    "unreadable": "cannot be read: `manifesto-tui check` says why",
}
_STANDINGS = {
    "drifted": "fits a text that has moved",
    "touched": "to be confirmed",
}
_RELATIONS = {"order": "order matters with", "exclusive": "excludes", "duplicate": "duplicates"}
