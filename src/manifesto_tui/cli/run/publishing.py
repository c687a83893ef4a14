"""Runs `publish` and `verify`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import publishing, verifying


def publish(call: Call) -> int:
    """Writes the text, or a redline of it, to a file or to standard output."""
    given = call.arguments
    revisions = None
    if given.redline:
        first, dots, second = given.redline.partition("..")
        if not dots or not first or not second:
            raise BadInput(
                "redline", f"“{given.redline}” names no two revisions.", "Write it like A..B."
            )
        revisions = (first, second)
    desk = call.desk()
    content = publishing.publish(
        desk,
        given.format,
        at=given.at,
        amendment=given.amendment,
        redline=revisions,
        anchors=given.anchors,
        verified=verifying.verify(desk).verdict if given.verify else "",
    )
    if not given.output:
        call.printer.raw(content)
        return 0
    target = call.path(given.output)
    publishing.write_file(target, content, replace=given.force)
    call.printer.aside(f"Wrote {target}, {len(content)} bytes.")
    return 0


def verify(call: Call) -> int:
    """Proves the clone; 1 where it is not proved."""
    proof = verifying.verify(call.desk())
    if call.printer.as_json:
        call.printer.document(proof.as_dict())
    else:
        call.printer.strong(f"{proof.verdict}.")
        counts = ", ".join(f"{count} {name}" for name, count in proof.counts.items())
        call.printer.say(f"Checked: {counts}; records are {proof.assurance}.")
        call.printer.say(
            f"From {proof.genesis[:12]} to {proof.head[:12]}; the text is {proof.text}."
        )
        for finding in proof.findings:
            mark = "✗" if finding.severity == "error" else "·"
            place = " ".join(part for part in (finding.commit[:12], finding.path) if part)
            call.printer.say(f"  {mark} {place}: {finding.sentence} [{finding.code}]")
    return 1 if proof.verdict == "NOT PROVED" else 0
