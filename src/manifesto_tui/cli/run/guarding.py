"""Runs `guard`."""

import sys

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.proofs import print_proof
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import guarding

_MOST = 1024 * 1024


def guard(call: Call) -> int:
    """Judges a push, or installs the hook that does; 1 where the push is to be refused."""
    given = call.arguments
    repo = guarding.open_repository(call.directory, call.environment)
    if given.install_hook:
        # -P: a file of the repository must never be taken for a part of this program.
        path = guarding.install_hook(repo, (sys.executable, "-P", "-m", "manifesto_tui"))
        call.printer.say(f"Installed {path}.")
        call.printer.say("To undo: delete that file.")
        return 0
    if given.hook:
        pushes = guarding.read_pushes(given.hook, sys.stdin.read(_MOST).splitlines())
        code = 0
        for push, proof in guarding.judge_pushes(repo, pushes):
            call.printer.strong(f"{push.ref}:")
            code |= print_proof(call, proof)
        return code
    if not given.old or not given.new:
        raise BadInput(
            "usage",
            "A push has two ends.",
            "Give OLD and NEW, the tips of the branch before and after; --install-hook does it "
            "at each push.",
        )
    return print_proof(call, guarding.guard(repo, given.old, given.new))
