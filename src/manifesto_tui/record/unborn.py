"""Looks for a record elsewhere in a repository whose own branch has no commit yet.

So begins a plain `git clone` of a place that goes by a branch which nobody ever sent: all that was
fetched is there, and nothing of it is checked out. To found a manifesto there makes a second one.
"""

import re

from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.governance.problem import Refused
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import list_tree
from manifesto_tui.record.running import lines_of
from manifesto_tui.record.transfer import NAME

_BRANCH = re.compile(rf"refs/(?:heads|remotes/[^/]+)/(?!manifesto/|HEAD$)({NAME})")


def check_no_record_waits(repo: Repository) -> None:
    """Raises Refused "not-checked-out" where branches hold a record, and nothing is checked out."""
    if repo.head() is not None:
        return
    asked = ("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/", "refs/remotes/")
    found: dict[str, None] = {}
    for line in lines_of(repo.run(asked)):
        tip, _, ref = line.partition(" ")
        branch = _BRANCH.fullmatch(ref)
        if branch and list_tree(repo, tip, (MANIFESTO,)):
            found[branch[1]] = None
    if found:
        first = next(iter(found))
        raise Refused(
            "not-checked-out",
            "Nothing is checked out in this folder; a manifesto is on "
            + (f"the branch {first}." if len(found) == 1 else f"the branches {', '.join(found)}."),
            f"Check it out: `git switch {first}`.",
        )
