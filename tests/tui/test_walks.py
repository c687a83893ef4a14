"""Walks the two ways that docs/architecture.md tells, and holds that it names the stations."""

import inspect
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from manifesto_tui.record.cache import Cache
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.workflow.card import Card
from manifesto_tui.workflow.desk import Desk

PAGE = Path(__file__).parent.parent.parent / "docs" / "architecture.md"
CLASSES = {each.__name__: each for each in (MainScreen, Rows, Card, Desk)}
ROOMS = "prose|governance|record|publish|workflow|tui"
NAME = re.compile(rf"`((?:{ROOMS})(?:\.\w+)+|(?:{'|'.join(CLASSES)})\.\w+)`")


def named(heading: str) -> list[str]:
    """The dotted names in one section of the page, in its order."""
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    steps = section.partition("\n## ")[0].partition("\n\n`tests/")[0]
    return list(dict.fromkeys(NAME.findall(steps)))


def codes(name: str) -> set[CodeType]:
    """What runs when this is called: of a module, any of its functions."""
    first, _, rest = name.partition(".")
    if first in CLASSES:
        found: Any = CLASSES[first].__dict__.get(rest) or getattr(CLASSES[first], rest)
    else:
        folder, _, last = f"manifesto_tui.{name}".rpartition(".")
        found = getattr(import_module(folder), last, None) or import_module(f"{folder}.{last}")
    if inspect.ismodule(found):
        own = (f for _, f in inspect.getmembers(found, inspect.isfunction))
        of_classes = (
            f
            for _, made in inspect.getmembers(found, inspect.isclass)
            if made.__module__ == found.__name__
            for _, f in inspect.getmembers(made, inspect.isfunction)
        )
        return {f.__code__ for f in (*own, *of_classes) if f.__module__ == found.__name__}
    # A property that remembers what it worked out keeps its function as `func`.
    return {inspect.unwrap(getattr(found, "func", found)).__code__}


@contextmanager
def passing(names: list[str]) -> Iterator[list[str]]:
    """Notes which of the stations is passed, in any thread, whenever that is."""
    stations: dict[CodeType, list[str]] = {}
    for name in names:
        for code in codes(name):
            stations.setdefault(code, []).append(name)
    passed: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in stations:
            passed.extend(n for n in stations[frame.f_code] if n not in passed[-1:])

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield passed
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


def walked(names: list[str], passed: list[str]) -> list[str]:
    """How far one gets along the names by going along what was passed, once."""
    left = iter(passed)
    return list(takewhile(lambda name: name in left, names))


async def test_a_vote_passes_what_the_page_names(opened, own):
    names = named("One vote, from key to commit")
    assert len(names) >= 8
    with passing(names) as passed:
        async with opened(own) as app:
            await app.press("2", "v", "enter", "ctrl+j")
            assert "✓ Recorded: Vote on" in app.status
    assert walked(names, passed) == names


async def test_an_amendment_passes_what_the_page_names(opened, own):
    names = named("One amendment, from file to screen")
    assert len(names) >= 9
    Cache(own / ".git").forget()  # What is remembered from an earlier start is not read again.
    with passing(names) as passed:
        async with opened(own) as app:
            await app.press("2")
            assert "needs your vote" in app.frame
    assert walked(names, passed) == names
