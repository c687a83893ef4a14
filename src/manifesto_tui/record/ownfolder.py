"""Says where this program keeps its own things within git's folder, and follows no link there.

What lies there says which acts were under way and what was seen of a shared place. A link would
have it written among somebody else's files, and believed from there.
"""

from pathlib import Path

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.prose import reveal


def own_folder(git_dir: Path, *within: str) -> Path:
    """Returns a folder of this program's; Unavailable "folder-elsewhere" where a link leads on."""
    folder = git_dir / "manifesto-tui"
    for part in ("", *within):
        folder /= part
        if folder.is_symlink():
            raise Unavailable(
                "folder-elsewhere",
                f"{reveal(str(folder))} leads elsewhere, so nothing is kept there.",
                "Remove that link, then try again.",
            )
    return folder
