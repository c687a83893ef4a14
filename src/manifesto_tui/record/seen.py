"""Remembers what a shared place held when it was last seen.

Git's own note of it moves with anyone's plain `git fetch`, and could not tell a history that was
rewritten from one that went on.
"""

import json
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from manifesto_tui.record.git import Repository


def last_seen(repo: Repository, remote: str, ref: str) -> str:
    """Returns what a full name stood for at a remote when last seen, "" where it never was."""
    return _read(_file(repo)).get(f"{remote} {ref}", "")


def see(repo: Repository, remote: str, refs: dict[str, str]) -> None:
    """Remembers what full names stand for at a remote."""
    file = _file(repo)
    held = _read(file)
    new = {**held, **{f"{remote} {ref}": tip for ref, tip in refs.items()}}
    if new == held:
        return
    file.parent.mkdir(exist_ok=True)
    temporary = file.with_name(f"seen-{token_hex(6)}.tmp")
    try:
        temporary.write_text(json.dumps(new))
        temporary.replace(file)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _file(repo: Repository) -> Path:
    return repo.common_dir / "manifesto-tui" / "seen.json"


def _read(file: Path) -> dict[str, str]:
    try:
        held = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in held.items() if isinstance(v, str)} if isinstance(held, dict) else {}
