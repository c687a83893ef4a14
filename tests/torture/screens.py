"""Shows every screen of the app, on a terminal, of records with hostile text in each field.

Each text of `tui.foul` goes into each field of the record, one pair a repository, and the app is
walked through from end to end. Not one byte may reach the terminal that the app does not send of
itself; where a field is one without which nothing can be read, the app has to say so and stay.
"""

import shutil
import sys
from pathlib import Path

from torture.ground import Figures
from tui import foul
from tui.terminal import Terminal
from tui.walking import WALK, walk

SIZE = (120, 40)


def screens(folder: Path, every: int = 1) -> Figures:
    """Walks through the app for each text in each field, or each third pair of them, say."""
    whole, home = folder / "whole", folder / "home"
    folder.mkdir(parents=True)
    foul.build(whole, home)
    texts = foul.TEXTS | {"line": foul.LINE, "everything": foul.EVERYTHING}
    fields = foul.fields(whole)
    wrong: list[str] = []
    shown = walks = at = 0
    for field, put in fields.items():
        for name, text in texts.items():
            at += 1
            if at % every:
                continue
            copy = folder / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(whole, copy, symlinks=True)
            put(copy, text)
            foul.record(copy, "Change it")
            terminal = Terminal(copy, home, size=SIZE)
            try:
                terminal.until(lambda frame: "1 Read" in frame)
                while terminal.read(2.0):
                    pass
                shown += len(list(walk(terminal, sure=False)))
                ended = terminal.process.poll()
            finally:
                terminal.end()
            walks += 1
            told = foul.foul(terminal.seen, *SIZE)
            if ended and not told:
                told = f"the app ended with {ended}: {terminal.frame}"
            if told:
                wrong.append(f"{name} in {field}: {told}")
                sys.stderr.write(wrong[-1] + "\n")
    return {
        "fields": len(fields),
        "texts": len(texts),
        "screens": sum(1 for _, words, _ in WALK if words),
        "walks": walks,
        "screens shown": shown,
        "wrong": wrong,
    }
