"""Runs `history`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.countering import modified_by
from manifesto_tui.governance.phrases import listed
from manifesto_tui.prose import plain, word_diff
from manifesto_tui.publish import inline
from manifesto_tui.workflow import history as told
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.explaining import explain


def history(call: Call) -> int:
    """Tells what was decided and which editions were made, or every wording of one clause."""
    if call.arguments.clause:
        return _life(call, call.arguments.clause)
    desk = call.desk()
    decided, editions = told.decisions(desk), desk.assembly.editions
    if call.printer.as_json:
        call.printer.document(
            {
                "decisions": [
                    {
                        "id": p.id,
                        "title": p.title,
                        "outcome": d.outcome,
                        "adopted": d.adopted,
                        "modified_by": list(_modified_by(desk, d)),
                        "decided": d.decided,
                        "decider": d.decider,
                        "totals": d.totals,
                        "text_after": d.text_after,
                    }
                    for p, d in decided
                ],
                "editions": [
                    {
                        "edition": each.number,
                        "commit": desk.edition_commit(each.number),
                        "text": each.text,
                        "made": each.made,
                        "steward": each.steward,
                        "adopted": list(each.decisions),
                    }
                    for each in editions
                ],
            }
        )
        return 0
    lines = []
    for p, d in decided:
        mark = "✓" if d.adopted else "✗"
        votes = ", ".join(f"{count} {name}" for name, count in d.totals.items() if count)
        votes = f" ({votes})" if votes else ""
        authors = _modified_by(desk, d)
        modified = f", as modified with the wording of {listed(authors)}" if authors else ""
        lines.append((d.decided, f"{mark} {p.id}  {d.outcome:<9}  {p.title}{votes}{modified}"))
    lines += [(each.made, f"● edition {each.number}, by {each.steward}") for each in editions]
    # What was decided at the time of an edition is in it, so it stands before it.
    for at, line in sorted(lines, key=lambda each: each[0]):
        call.printer.say(f"{at[:10]}  {line}")
    if not lines:
        call.printer.aside("Nothing has been decided yet.")
    return 0


def _modified_by(desk: Desk, decision: Decision) -> tuple[str, ...]:
    adopted = desk.assembly.by_id.get(decision.adopted)
    return modified_by(adopted) if adopted else ()


def _life(call: Call, anchor: str) -> int:
    explained = explain(call.desk(), anchor)
    if call.printer.as_json:
        call.printer.document(
            {"clause": anchor.removeprefix("#"), "wordings": [one.as_dict() for one in explained]}
        )
        return 0
    before = ""
    for one in explained:
        w = one.wording
        by = f"decided by {w.proposal.id}" if w.proposal else f"by {w.author}, as the commit says"
        call.printer.strong(f"{w.when[:10]}  {w.commit[:7]}  {w.message} ({by})")
        if w.words is None:
            call.printer.say(f"    It was taken out. {w.how}".rstrip())
        elif not before:
            call.printer.text(f"    {plain(w.words)}")
        else:
            call.printer.text(f"    {inline(word_diff(before, w.words))}")
        if w.words is not None and w.how:
            call.printer.say(f"    {w.how}")
        if one.modified_by:
            call.printer.say(
                f"    Adopted as modified, with the wording of {listed(one.modified_by)}."
            )
        if one.reasons:
            call.printer.spans([("faint", f"Reasons: {one.reasons}")], indent="    ")
        for sentence in one.count:
            call.printer.spans([("faint", sentence)], indent="    ")
        before = w.words or ""
    return 0
