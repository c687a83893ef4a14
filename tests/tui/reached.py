"""Notes which functions of the app run, to tell what was never seen of it: see `test_foul`."""

import ast
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import manifesto_tui.tui

TUI = Path(manifesto_tui.tui.__file__).parent
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def that_show() -> set[str]:
    """Returns where every function is that has to have been walked through, and its name.

    These are all that draw words of the record, and all that make a screen, a dialog, a form or a
    list of things to choose from.
    """
    trees = {
        path.relative_to(TUI).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(TUI.rglob("*.py"))
    }
    screens = _screens(list(trees.values()))
    return {
        f"{place}: {node.name}"
        for place, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, _Function) and (place.startswith("draw/") or _makes(node, screens))
    }


def _screens(trees: list[ast.Module]) -> set[str]:
    classes = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    found = {"Screen", "ModalScreen"}
    while more := {each.name for each in classes if _bases(each) & found} - found:
        found |= more
    return found


def _bases(node: ast.ClassDef) -> set[str]:
    named = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return {base.id for base in named if isinstance(base, ast.Name)}


def _makes(function: _Function, screens: set[str]) -> bool:
    calls = (node.func for node in _own(function) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Name) and call.id in screens for call in calls)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Yields what stands in a function, but not in the functions that stand in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _Function | ast.Lambda):
            yield child
            yield from _own(child)


def note(notes: str) -> None:
    """Notes from now on, in every thread, each function of the app that runs for the first time."""
    known: set[str] = set()
    here = f"{TUI}/"
    file = Path(notes).open("a", buffering=1)  # noqa: SIM115 -- as long as the app runs.

    def called(frame: FrameType, event: str, given: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(here):
            name = f"{code.co_filename[len(here) :]}: {code.co_name}"
            if name not in known:
                known.add(name)
                file.write(f"{name}\n")

    threading.settrace(called)
    sys.settrace(called)
