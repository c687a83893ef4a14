"""Runs what proposes and discusses: `propose`, `revise`, `rebase`, `accept`, `comment` and such."""

from collections.abc import Mapping
from shlex import quote

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import discussing, editing, incoming, proposing, returning, ruling
from manifesto_tui.workflow.desk import Desk


def edit(call: Call) -> int:
    """Records the work tree's edits of the text."""
    return call.recorded(editing.edit(call.desk(), call.arguments.reason))


def propose(call: Call) -> int:
    """Files one amendment, or one for each clause."""
    given = call.arguments
    desk = call.desk()
    if given.file:
        written = incoming.from_file(call.path(given.file))
        return call.recorded(
            *proposing.propose(
                desk,
                given.title or written.title,
                given.reason or written.rationale,
                changes=written.changes,
                each_clause=given.each_clause,
                kind=given.kind or written.kind,
                sources=(*written.sources, *given.source),
                rivals=(*written.rivals, *given.rival),
                amends=given.to,
            )
        )
    if not (given.title or given.to) or not given.reason:
        missing = "--reason" if given.title or given.to else "--title"
        raise BadInput("usage", f"An amendment needs a {missing[2:]}.", f"Give it with {missing}.")
    if given.rules:
        rules = ruling.rules_named(given.rules, call.path(given.rules))
        return call.recorded(ruling.propose(desk, given.title or "", given.reason, rules))
    texts = _texts(call, desk)
    if texts is None:
        raise BadInput(
            "usage",
            "Where do the new words come from?",
            "Give --from-worktree, --text FILE, --file A.yaml or --import FILE.",
        )
    recorded = proposing.propose(
        desk,
        given.title or "",
        given.reason,
        texts=texts,
        each_clause=given.each_clause,
        kind=given.kind or "substantive",
        sources=tuple(given.source),
        rivals=tuple(given.rival),
        amends=given.to,
    )
    done = call.recorded(*recorded)
    if given.from_worktree:
        edited = [path for path in texts if texts[path] != desk.assembly.text.sources.get(path)]
        call.printer.aside(
            "Your edits are still in your files; to go back to the agreed text: "
            f"git restore {' '.join(map(quote, edited))}"
        )
    return done


def revise(call: Call) -> int:
    """Files a new revision of one's own amendment."""
    given = call.arguments
    desk = call.desk()
    return call.recorded(
        proposing.revise(
            desk, given.id, texts=_texts(call, desk), title=given.title, rationale=given.reason
        )
    )


def rebase(call: Call) -> int:
    """Fits one's own amendment to the text of today."""
    given = call.arguments
    return call.recorded(proposing.rebase(call.desk(), given.id, given.confirm))


def accept(call: Call) -> int:
    """Accepts another's wording of one's own amendment."""
    return call.recorded(proposing.accept(call.desk(), call.arguments.id))


def withdraw(call: Call) -> int:
    """Takes one's own amendment back."""
    return call.recorded(proposing.withdraw(call.desk(), call.arguments.id, call.arguments.reason))


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
        return proposing.from_worktree(desk)
    if given.text:
        return incoming.from_files(desk, [call.path(name) for name in given.text])
    document = getattr(given, "document", None)
    return returning.from_document(desk, call.path(document)) if document else None
