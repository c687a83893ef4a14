"""Finds where git keeps the objects of a push that is not accepted yet."""

from collections.abc import Mapping
from pathlib import Path

from manifesto_tui.governance.problem import Unavailable


def quarantine_of(common_dir: Path, environment: Mapping[str, str]) -> Path | None:
    """Returns the quarantine that an environment names, None where it names none.

    Raises Unavailable "quarantine" for a folder that is none of this repository's.
    """
    given = environment.get("GIT_QUARANTINE_PATH")
    if not given:
        return None
    path = Path(given)
    objects = (common_dir / "objects").resolve()
    is_own = path.is_dir() and not path.is_symlink() and path.resolve().parent == objects
    if not is_own or not path.name.startswith(("tmp_objdir-", "incoming-")):
        raise Unavailable(
            "quarantine",
            "The environment names a quarantine that is not in this repository.",
            "Let git run the hook, or unset GIT_QUARANTINE_PATH.",
        )
    return path.resolve()


def objects_of(quarantine: Path, common_dir: Path) -> dict[str, str]:
    """Returns what git's environment says where it is to look into a quarantine first."""
    # Git reads a list of folders here, and between quotation marks whatever is in a name.
    accepted = str(common_dir / "objects").replace("\\", "\\\\").replace('"', '\\"')
    return {
        "GIT_OBJECT_DIRECTORY": str(quarantine),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{accepted}"',
    }
