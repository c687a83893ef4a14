"""Prints a proof: what was checked, and each finding with its commit and file."""

from collections.abc import Sequence

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.phrases import counted
from manifesto_tui.governance.replay import Proof
from manifesto_tui.workflow.explaining import Explained


def print_proof(call: Call, proof: Proof, explained: Sequence[Explained] | None = None) -> int:
    """Prints it, with each wording of a clause where one is explained.

    Returns the exit code: 1 where it is not proved.
    """
    if call.printer.as_json:
        more = {} if explained is None else {"wordings": [one.as_dict() for one in explained]}
        call.printer.document({**proof.as_dict(), **more})
        return 1 if proof.verdict == "NOT PROVED" else 0
    call.printer.strong(f"{proof.verdict}.")
    counts = ", ".join(
        counted(count, name.removesuffix("s"), name) for name, count in proof.counts.items()
    )
    call.printer.say(f"Checked: {counts}; records are {proof.assurance}.")
    if proof.genesis:
        call.printer.say(
            f"From {proof.genesis[:12]} to {proof.head[:12]}; the text is {proof.text}."
        )
    for finding in proof.findings:
        mark = "✗" if finding.severity == "error" else "·"
        place = " ".join(part for part in (finding.commit[:12], finding.path) if part)
        call.printer.say(f"  {mark} {place}: {finding.sentence} [{finding.code}]")
    for one in explained or ():
        _print_wording(call, one)
    return 1 if proof.verdict == "NOT PROVED" else 0


def _print_wording(call: Call, one: Explained) -> None:
    wording = one.wording
    call.printer.say()
    call.printer.strong(f"{wording.when[:10]}  {wording.commit[:12]}  {wording.message}")
    words = "(taken out)" if wording.words is None else wording.words
    call.printer.spans([("", words)], indent="    ")
    if not one.count:
        call.printer.say(f"  An edit while drafting, by {wording.author}, as the commit claims.")
        return
    if one.reasons:
        call.printer.spans([("", f"Reasons: {one.reasons}")], indent="  ")
    for sentence in one.count:
        call.printer.say(f"  {sentence}")
    call.printer.say(f"  {one.signed} of {one.votes} votes that counted are signed.")
    for part in one.parts:
        call.printer.say(f"    {'✗' if part.why else ' '} {part.sentence}")
