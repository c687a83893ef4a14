"""Takes pictures of the app for the docs, without a terminal.

    PYTHONPATH=tests python -m tui.screenshots docs/images --demo DIR

The reader is shown on the manifesto in the present folder, everything with votes on the made-up
assembly that `manifesto-tui demo DIR` leaves, each time on a copy of it as it was left: no draft of
one picture stands in another. Pictures are SVG, and load nothing from anywhere.
"""

import argparse
import asyncio
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from manifesto_tui.tui.app import ManifestoApp
from tui.driving import Driven

_CELL = 12.2  # Units that Textual gives a cell in a picture.
_TEXT = re.compile(
    r'<text(?P<kind>[^>]*? )x="(?P<x>[\d.]+)"(?P<place>[^>]*? )textLength="(?P<length>[\d.]+)"'
    r"(?P<clip>[^>]*)>(?P<words>.*?)</text>"
)
_FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which keys lead to it, how large, in which colours, on the demo or not."""

    name: str
    keys: tuple[str, ...]
    size: tuple[int, int] = (120, 34)
    theme: str = "paper"
    demo: bool = False
    guide: str = "off"


SHOTS: tuple[Shot, ...] = (
    Shot("reader", ("ctrl+p", "5", "full_stop", "1", "enter"), (132, 34)),
    Shot("reader-dark", ("j", "j"), (80, 24), "ink"),
    Shot("amendments", ("2",), demo=True),
    Shot("votes", ("2", "right_square_bracket", "right_square_bracket"), demo=True, theme="ink"),
    Shot("vote", ("2", "v"), (100, 50), demo=True),
    Shot("editor", ("j", "j", "a", *" We utilise plain words."), demo=True),
    Shot("around", ("2", "z"), demo=True),
    Shot("present", ("2", "p"), (120, 24), demo=True),
    Shot("settings", ("escape", "comma"), (100, 34), demo=True, guide="on"),
)


async def take(shot: Shot, directory: Path, clock: datetime) -> str:
    """Returns the picture as SVG."""
    environment = dict(os.environ) | {
        "MANIFESTO_THEME": shot.theme,
        "MANIFESTO_GUIDE": shot.guide,
    }
    with TemporaryDirectory() as folder:
        if shot.demo:
            # Nobody's own settings either: what is read and written is in the folder.
            directory = copytree(directory, Path(folder) / "demo", symlinks=True)
            environment["HOME"] = folder
        app = ManifestoApp(directory, environment, lambda: clock)
        async with Driven(app, shot.size) as driven:
            await driven.press(*shot.keys)
            return self_contained(app.export_screenshot(title="manifesto-tui"))


def self_contained(svg: str) -> str:
    """Returns the picture without its links to fonts on the web, and without leading spaces.

    Some viewers drop those and begin too far to the left.
    """
    svg = _TEXT.sub(_moved, svg)
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: Fira Code, monospace", f"font-family: {_FONT}", svg)


def _moved(text: re.Match[str]) -> str:
    """Returns words of a picture that begin where the first of them stands."""
    words = text["words"]
    blank = len(words) - len(words := re.sub("^(?:&#160;)+", "", words))
    if not words:
        return ""
    by = blank // len("&#160;") * _CELL
    x, length = (f"{float(text[name]) + add:g}" for name, add in (("x", by), ("length", -by)))
    kind, place, clip = text["kind"], text["place"], text["clip"]
    return f'<text{kind}x="{x}"{place}textLength="{length}"{clip}>{words}</text>'


def main() -> None:
    """Takes all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    parser.add_argument("--demo", type=Path, required=True)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if asked.only in shot.name:
            directory = asked.demo if shot.demo else Path()
            picture = asyncio.run(take(shot, directory, datetime.now(UTC)))
            (asked.to / f"{shot.name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
