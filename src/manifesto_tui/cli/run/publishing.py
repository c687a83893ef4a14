"""Runs `publish` and `verify`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.proofs import print_proof
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import guarding, publishing, verifying
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.explaining import explain


def publish(call: Call) -> int:
    """Writes the text, a redline of it or a meeting's paper to a file or to standard output."""
    given = call.arguments
    if not given.output and publishing.is_binary(given.format) and call.printer.out.isatty():
        raise BadInput(
            "binary",
            f"{given.format} is not for reading on a terminal.",
            f"Give a file: -o FILE{publishing.extension(given.format)}.",
        )
    desk = call.desk(exporting=True)
    content = _content(call, desk)
    if not given.output:
        call.printer.raw(content)
        return 0
    target = call.path(given.output)
    publishing.write_file(target, content, replace=given.force)
    call.printer.aside(f"Wrote {target}, {len(content)} bytes.")
    return 0


def _content(call: Call, desk: Desk) -> bytes:
    given = call.arguments
    verified = _verdict(call, desk)
    if given.paper:
        from manifesto_tui.workflow.papers import meeting_paper

        if (given.paper == "ballot") != bool(given.amendment):
            raise BadInput(
                "usage",
                "A ballot paper is of one ballot, and the other papers are of all.",
                "Write `--paper ballot --amendment ID`, or leave --amendment out.",
            )
        return meeting_paper(
            desk,
            given.paper,
            given.format,
            given.amendment,
            verified,
            tell=call.printer.aside,
            progress=call.progress,
        )
    return publishing.publish(
        desk,
        given.format,
        at=given.at,
        amendment=given.amendment,
        redline=_revisions(given.redline),
        whatif=tuple(given.whatif),
        anchors=given.anchors,
        verified=verified,
        tell=call.printer.aside,
        progress=call.progress,
    )


def _verdict(call: Call, desk: Desk) -> str:
    """Returns the verdict on the clone where one was asked for, else ""."""
    if not call.arguments.verify:
        return ""
    call.printer.aside("Proving the record first.")
    return verifying.verify(desk.repo, told=call.replaying).verdict


def _revisions(given: str | None) -> tuple[str, str] | None:
    if not given:
        return None
    first, dots, second = given.partition("..")
    if not dots or not first or not second:
        raise BadInput("redline", f"“{given}” names no two revisions.", "Write it like A..B.")
    return first, second


def verify(call: Call) -> int:
    """Proves the clone; 1 where it is not proved."""
    repo = guarding.open_repository(call.directory, call.environment)
    if call.arguments.forget:
        verifying.forget(repo)
        call.printer.aside("Forgot which tip of this branch was verified last.")
    explained = explain(call.desk(), call.arguments.explain) if call.arguments.explain else None
    proof = verifying.verify(repo, full=call.arguments.full, told=call.replaying)
    return print_proof(call, proof, explained)


def site(call: Call) -> int:
    """Builds the static web site, or the pages of it that changed."""
    from manifesto_tui.workflow.site import build_site

    given = call.arguments
    desk = call.desk(exporting=True)
    built = build_site(
        desk,
        call.path(given.directory),
        markdown=given.markdown,
        verdict=_verdict(call, desk),
        force=given.force,
        progress=call.progress,
    )
    call.printer.aside(
        f"Wrote {built.written} pages; {built.kept} were as they are, {built.removed} went."
    )
    return 0
