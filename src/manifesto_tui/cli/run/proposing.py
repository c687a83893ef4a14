"""Runs what proposes and discusses: `propose`, `revise`, `rebase`, `accept`, `comment` and such."""

import sys
from collections.abc import Mapping
from shlex import quote
from typing import Any

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.documents import planned_document
from manifesto_tui.cli.run.lines import print_change
from manifesto_tui.governance.phrases import counted
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import (
    deriving,
    discussing,
    editing,
    incoming,
    proposing,
    returning,
    revising,
    ruling,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.previewing import preview


def edit(call: Call) -> int:
    """Records the work tree's edits of the text."""
    return call.recorded(editing.edit(call.desk(), call.arguments.reason))


def propose(call: Call) -> int:
    """Files one amendment, or one for each clause; or shows what would be filed."""
    given = call.arguments
    desk = call.desk()
    if given.rules:
        _named(call)
        rules = ruling.rules_named(given.rules, call.path(given.rules))
        return call.recorded(ruling.propose(desk, given.title or "", given.reason, rules))
    wanted = _wanted(call, desk)
    if given.preview:
        return _preview(call, desk, wanted)
    recorded = proposing.propose(desk, **wanted, new_only=bool(given.document))
    done = call.recorded(*recorded)
    if given.from_worktree:
        agreed = desk.assembly.text.sources
        texts = deriving.from_worktree(desk)
        edited = [path for path in texts if texts[path] != agreed.get(path)]
        if edited:
            call.printer.aside(
                "Your edits are still in your files; to go back to the agreed text: "
                f"git restore {' '.join(map(quote, edited))}"
            )
    return done


def _wanted(call: Call, desk: Desk) -> dict[str, Any]:
    """Returns what is to be proposed, as `propose` and `draw_up` take it."""
    given = call.arguments
    wanted: dict[str, Any] = {
        "title": given.title or "",
        "rationale": given.reason or "",
        "each_clause": given.each_clause,
        "kind": given.kind or "substantive",
        "sources": tuple(given.source),
        "rivals": tuple(given.rival),
        "amends": given.to,
    }
    if given.file:
        written = incoming.from_file(call.path(given.file))
        return wanted | {
            "title": given.title or written.title,
            "rationale": given.reason or written.rationale,
            "changes": written.changes,
            "kind": given.kind or written.kind,
            "sources": (*written.sources, *given.source),
            "rivals": (*written.rivals, *given.rival),
        }
    _named(call)
    if given.document:
        document = _document(call, desk)
        reasons = document.reasons(given.reason)
        return wanted | {"texts": document.sources, "rationale": reasons}
    texts = _texts(call, desk)
    if given.from_worktree and texts is not None:
        texts, went = deriving.with_new_files(texts, deriving.new_files(desk))
        for path, home in went.items():
            call.printer.aside(
                f"{path} is no file of the text: its clauses are proposed at the end of {home}."
            )
    if texts is None:
        raise BadInput(
            "usage",
            "Where do the new words come from?",
            "Give --from-worktree, --text FILE, --file A.yaml or --import FILE.",
        )
    return wanted | {"texts": texts}


def _named(call: Call) -> None:
    """Raises BadInput where an amendment would have no title or no reason."""
    given = call.arguments
    if not (given.title or given.to) or not given.reason:
        missing = "--reason" if given.title or given.to else "--title"
        raise BadInput("usage", f"An amendment needs a {missing[2:]}.", f"Give it with {missing}.")


def _document(call: Call, desk: Desk) -> returning.Document:
    name = call.arguments.document
    if name != "-":
        return returning.from_file(desk, call.path(name))
    if sys.stdin.isatty():
        call.printer.aside("Paste the whole text, then end it with Ctrl+D on a line of its own.")
    return returning.from_document(desk, sys.stdin.buffer.read(returning.LARGEST + 1), "-")


def _preview(call: Call, desk: Desk, wanted: dict[str, Any]) -> int:
    planned = preview(desk, proposing.draw_up(desk, **wanted))
    if call.printer.as_json:
        call.printer.document({"would_file": [planned_document(one) for one in planned]})
        return 0
    for one in planned:
        call.printer.strong(one.amendment.title)
        if one.same_as:
            call.printer.say(f"{one.same_as} proposes just this already; it would be left out.")
            call.printer.say()
            continue
        for change in one.changes:
            print_change(call.printer, change, "  ")
        for pair in one.collisions:
            call.printer.say(f"  Beside {pair.b}: {pair.why}")
            call.printer.say()
    count = sum(not one.same_as for one in planned)
    call.printer.aside(f"This would file {counted(count, 'amendment')}. Nothing was written.")
    return 0


def revise(call: Call) -> int:
    """Files a new revision of one's own amendment."""
    given = call.arguments
    desk = call.desk()
    rules = ruling.rules_named(given.rules, call.path(given.rules)) if given.rules else None
    return call.recorded(
        revising.revise(
            desk,
            given.id,
            texts=_texts(call, desk),
            rules=rules,
            title=given.title,
            rationale=given.reason,
        )
    )


def rebase(call: Call) -> int:
    """Fits one's own amendment to the text of today."""
    given = call.arguments
    return call.recorded(revising.rebase(call.desk(), given.id, given.confirm))


def accept(call: Call) -> int:
    """Accepts another's wording of one's own amendment."""
    return call.recorded(revising.accept(call.desk(), call.arguments.id))


def withdraw(call: Call) -> int:
    """Takes one's own amendment back."""
    return call.recorded(revising.withdraw(call.desk(), call.arguments.id, call.arguments.reason))


def second(call: Call) -> int:
    """Supports an amendment before the vote."""
    return call.recorded(proposing.second(call.desk(), call.arguments.id))


def comment(call: Call) -> int:
    """Says something of an amendment."""
    given = call.arguments
    return call.recorded(
        discussing.comment(call.desk(), given.id, given.text, given.clause, given.quote)
    )


def hide(call: Call) -> int:
    """Hides a comment."""
    given = call.arguments
    return call.recorded(discussing.hide(call.desk(), given.id, given.comment, given.reason))


def _texts(call: Call, desk: Desk) -> Mapping[str, str] | None:
    """Returns the edited sources that the call names, or None where it names none."""
    given = call.arguments
    if given.from_worktree:
        return deriving.from_worktree(desk)
    if given.text:
        return incoming.from_files(desk, [call.path(name) for name in given.text])
    return None
