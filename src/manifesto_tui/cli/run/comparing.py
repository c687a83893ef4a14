"""Runs `diff`, `collisions` and `whatif`."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.documents import collision_document, whatif_document
from manifesto_tui.cli.run.lines import head_of, print_change, print_rules
from manifesto_tui.governance.problem import BadInput, ManifestoError
from manifesto_tui.prose import by_weight
from manifesto_tui.publish import (
    changes_document,
    clean,
    inline,
    plain_redline,
    plain_text,
    side_by_side,
)
from manifesto_tui.publish.marks import superscript
from manifesto_tui.publish.redline import Passage
from manifesto_tui.workflow import comparing, publishing, reading
from manifesto_tui.workflow.comparing import Comparison
from manifesto_tui.workflow.whatif import Marked, what_if


def diff(call: Call) -> int:
    """Shows clause by clause how two texts differ, or what an amendment changes."""
    given = call.arguments
    compared, is_amendment, rules = _compare(call)
    order = given.order or ("weight" if is_amendment else "text")
    changes = by_weight(compared.changes) if order == "weight" else compared.changes
    if call.printer.as_json:
        call.printer.document(changes_document(changes, compared.from_, compared.to))
        return 0
    if given.critic:
        call.printer.text(publishing.critic_of(compared).rstrip("\n"))
        return 0
    if not changes:
        print_rules(call.printer, rules)
        call.printer.aside("The text reads the same." if rules else "They read the same.")
        return 0
    if not given.stat:
        for change in changes:
            if given.side_by_side:
                call.printer.strong(head_of(change))
                for line in side_by_side(list(change.words), width()):
                    call.printer.text(line)
                call.printer.say()
            elif given.clean:
                call.printer.strong(head_of(change))
                call.printer.text(f"    {clean(change.words) or '(taken out)'}\n")
            elif given.inline:
                call.printer.say(head_of(change))
                call.printer.text(f"    {inline(change.words)}\n")
            else:
                print_change(call.printer, change)
    call.printer.say(stat_sentence(compared))
    return 0


def collisions(call: Call) -> int:
    """Shows how the open amendments relate; independent pairs are left out."""
    pairs = reading.collisions(call.desk())
    if call.printer.as_json:
        call.printer.document({"pairs": [collision_document(pair) for pair in pairs]})
        return 0
    for pair in pairs:
        call.printer.strong(f"{pair.a} and {pair.b}: {pair.relation}")
        call.printer.spans([("", pair.why)], indent="    ")
    if not pairs:
        call.printer.aside("All open amendments are independent of each other.")
    return 0


def whatif(call: Call) -> int:
    """Prints the text with these amendments in it, and writes nothing."""
    desk = call.desk()
    given = call.arguments
    found = what_if(desk, given.ids)
    step = found.comparison
    if call.printer.as_json:
        call.printer.document(whatif_document(found))
    elif given.clean:
        call.printer.text(plain_text(step.after).rstrip("\n"))
    else:
        call.printer.text(plain_redline(map(_with_numbers, found.passages)).rstrip("\n"))
        call.printer.say()
        for part in found.parts:
            fits = "" if part.fits else "does not fit after those before it: "
            told = f"{superscript(part.number)} {part.id} {part.title} ({part.proposer})"
            call.printer.spans([("", f"{told}. {fits}{part.why}".rstrip())])
        call.printer.say(f"The whole text: {found.spending.sentence}")
    if not given.clean and not call.printer.as_json:
        call.printer.aside(f"Nothing was written. {stat_sentence(step)}")
    elif not found.all_fit and not call.printer.as_json:
        left = ", ".join(part.id for part in found.parts if not part.fits)
        call.printer.aside(f"Left out, since it does not fit: {left}.")
    return 0 if found.all_fit else 1


def _with_numbers(marked: Marked) -> Passage:
    """Returns a passage whose changed words end in the number of the amendment they come from."""
    spans: list[tuple[str, str]] = []
    for words, following in zip_longest(marked.words, marked.words[1:]):
        spans.append((words.op, words.text))
        if words.op != "=" and not (following and following.op != "=" and following.by == words.by):
            spans.append(("=", superscript(words.by)))
    return replace(marked.passage, spans=tuple(spans))


def stat_sentence(compared: Comparison) -> str:
    """Returns how many clauses changed, and how, as one sentence."""
    stat = compared.stat
    kinds = ", ".join(
        f"{count} {kind}" for kind, count in stat.items() if count and not kind.startswith("words")
    )
    words = f"{stat['words_added']} words added, {stat['words_removed']} removed"
    return f"Clauses: {kinds or 'none changed'}; {words}."


def width() -> int:
    """Returns how wide the terminal is, 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def _compare(call: Call) -> tuple[Comparison, bool, Sequence[tuple[str, str]]]:
    """Compares what the call names, with a repository where there is one.

    Returns also whether it is an amendment, and how the rules would change by it.
    """
    given = call.arguments
    try:
        desk = call.desk()
    except ManifestoError:
        a, b = call.path(given.a), call.path(given.b or "")
        if given.b and a.exists() and b.exists():
            return comparing.compare_files(a, b), False, ()
        if given.b and (_looks_like_a_file(given.a) or _looks_like_a_file(given.b)):
            missing = given.a if not a.exists() else given.b
            raise BadInput(
                "no-file", f"There is no file or folder {missing}.", "Check the name."
            ) from None
        raise
    compared = comparing.diff(desk, given.a, given.b, call.directory)
    is_amendment = comparing.is_amendment(desk, given.a)
    alone = is_amendment and not given.b and not compared.changes
    return compared, is_amendment, reading.card(desk, given.a).rules if alone else ()


def _looks_like_a_file(name: str) -> bool:
    return Path(name).suffix.casefold() in (".md", ".markdown", ".txt") or "/" in name
