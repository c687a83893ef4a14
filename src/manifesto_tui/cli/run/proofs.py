"""Prints a proof: what was checked, and each finding with its commit and file."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.replay import Proof


def print_proof(call: Call, proof: Proof) -> int:
    """Prints it as text or as JSON, and returns the exit code: 1 where it is not proved."""
    if call.printer.as_json:
        call.printer.document(proof.as_dict())
        return 1 if proof.verdict == "NOT PROVED" else 0
    call.printer.strong(f"{proof.verdict}.")
    counts = ", ".join(f"{count} {name}" for name, count in proof.counts.items())
    call.printer.say(f"Checked: {counts}; records are {proof.assurance}.")
    if proof.genesis:
        call.printer.say(
            f"From {proof.genesis[:12]} to {proof.head[:12]}; the text is {proof.text}."
        )
    for finding in proof.findings:
        mark = "✗" if finding.severity == "error" else "·"
        place = " ".join(part for part in (finding.commit[:12], finding.path) if part)
        call.printer.say(f"  {mark} {place}: {finding.sentence} [{finding.code}]")
    return 1 if proof.verdict == "NOT PROVED" else 0
