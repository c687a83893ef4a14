"""Hands the words to the reader's own editor and takes them back."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from manifesto_tui.governance.problem import Unavailable


def edit_outside(app: App[Any], environment: Mapping[str, str], text: str) -> str:
    """Returns `text` as it was left in $VISUAL or $EDITOR; the app waits behind it.

    Raises Unavailable where no editor is set, where there is no terminal to hand over, or where
    the editor failed; the words are then as they were.
    """
    command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    if not command:
        raise Unavailable(
            "no-editor", "Neither $VISUAL nor $EDITOR names an editor.", "Go on writing here."
        )
    with tempfile.TemporaryDirectory(prefix="manifesto-") as folder:
        path = Path(folder) / "draft.md"
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                code = subprocess.run([*command, str(path)], check=False).returncode
        except SuspendNotSupported:
            raise Unavailable(
                "no-terminal",
                "Your own editor cannot be opened here: there is no terminal to hand over.",
                "Go on writing here.",
            ) from None
        except OSError as problem:
            raise Unavailable(
                "editor-failed",
                f"{command[0]} could not be started: {problem.strerror}.",
                "Check $EDITOR.",
            ) from None
        if code:
            raise Unavailable(
                "editor-failed",
                f"{command[0]} ended with code {code}; your words are as they were.",
                "Try again, or go on writing here.",
            )
        # Editors end files with a line end; a clause has none.
        written = path.read_text(encoding="utf-8")
        return written if text.endswith("\n") else written.rstrip("\n")
