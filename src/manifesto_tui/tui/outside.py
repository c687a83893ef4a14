"""Hands the words to the reader's own editor and takes them back."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any

from textual.app import App, SuspendNotSupported

from manifesto_tui.governance.problem import Unavailable

_AT_ONCE = 2.0  # Seconds in which nobody opens an editor, reads and leaves again.


def edit_outside(app: App[Any], environment: Mapping[str, str], text: str) -> str:
    """Returns `text` as it was left in $VISUAL or $EDITOR; the app waits behind it.

    Raises Unavailable where no editor is set, where there is no terminal to hand over, where the
    editor failed or left what is no text, or where it did not wait for what is written; the words
    are then as they were.
    """
    try:
        command = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
    except ValueError:  # A quotation that is not closed names nothing.
        command = []
    if not command:
        raise Unavailable(
            "no-editor", "Neither $VISUAL nor $EDITOR names an editor.", "Go on writing here."
        )
    with ExitStack() as leaving:
        folder = tempfile.mkdtemp(prefix="manifesto-")
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        path, begun = Path(folder) / "draft.md", monotonic()
        path.write_text(text, encoding="utf-8")
        failed, code = "", 0
        try:
            with app.suspend():
                # What is raised in here would leave the app suspended.
                try:
                    code = subprocess.run([*command, str(path)], check=False).returncode
                except (OSError, ValueError) as problem:
                    failed = getattr(problem, "strerror", None) or str(problem)
        except SuspendNotSupported:
            raise Unavailable(
                "no-terminal",
                "Your own editor cannot be opened here: there is no terminal to hand over.",
                "Go on writing here.",
            ) from None
        if failed:
            raise Unavailable(
                "editor-failed", f"{command[0]} could not be started: {failed}.", "Check $EDITOR."
            )
        if code:
            raise Unavailable(
                "editor-failed",
                f"{command[0]} ended with code {code}; your words are as they were.",
                "Try again, or go on writing here.",
            )
        try:
            written = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise Unavailable(
                "editor-failed",
                f"{command[0]} left no file in UTF-8; your words are as they were.",
                "Try again, or go on writing here.",
            ) from None
        if written == text and monotonic() - begun < _AT_ONCE:
            leaving.pop_all()  # Whoever still writes there finds their words.
            raise Unavailable(
                "editor-left",
                f"{command[0]} came back at once and changed nothing; if it has a window of its "
                f"own, what you write there is in {path}.",
                "Set $EDITOR so that it waits, as in: code --wait",
            )
        # Editors end files with a line end; a clause has none.
        return written if text.endswith("\n") else written.rstrip("\n")
