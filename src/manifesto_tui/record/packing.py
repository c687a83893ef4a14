"""Packs the many small files that acts leave in git's folder, as `git gc --auto` would.

Every act leaves some, and so do the acts of others that come in; nothing of ours lets git pack
them by itself, since hooks and settings of a repository could then say what is run. Here only
what branches, tags and git's own notes reach goes into a pack, and its small files go once that
stands: nothing is ever given up.
"""

from contextlib import suppress

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.record import remembered
from manifesto_tui.record.git import Repository
from manifesto_tui.record.transfer import Progress, Watch
from manifesto_tui.record.whole import sync_folder

# Git counts one of the 256 folders of such files, and packs at 6,700 in all of them.
_COUNTED = "17"
_MANY = 6_700 // 256 + 1
_PACKED, _LEFT = "packed", "left"


def pack(repo: Repository, watch: Watch) -> bool:
    """Packs where there are as many as git itself would pack; tells whether it did.

    `watch` may stop it. What hinders it hinders nobody: it is tried again with the next sync.
    """
    with suppress(ManifestoError, OSError, ValueError):
        # What nothing reaches stays, and is no reason to begin again and again.
        if _count(repo) < _MANY + int(remembered.read(repo, _PACKED).get(_LEFT, "0")):
            return False
        watch.told(Progress("Packing"))
        made = repo.transfer(("repack", "-l", "-q"), lambda _: None, watch.stop.is_set)
        if made.status == 0:
            sync_folder(repo.common_dir / "objects" / "pack")  # Git does not; it may be lost else.
            repo.run(("prune-packed", "-q"))
            remembered.add(repo, _PACKED, {_LEFT: str(_count(repo))})
            return True
    return False


def _count(repo: Repository) -> int:
    folder = repo.common_dir / "objects" / _COUNTED
    return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0
