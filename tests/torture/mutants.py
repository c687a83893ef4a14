"""Changes the pure rooms in small ways, one at a time, and asks whether a test notices.

A mutant is one module of `prose` or `governance` with one comparison, operator, constant or
condition turned. It is run against the module's own tests where there is a file of them, and what
survives that against all tests of its room. The sample is drawn by chance from all such places.
"""

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from torture.ground import Figures

_ROOT = Path(__file__).parents[2]
_ROOMS = ("prose", "governance")
_SECONDS = 600
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def mutants(folder: Path, number: int) -> Figures:
    """Draws a number of mutants and counts those that a test notices."""
    shutil.copytree(_ROOT / "src", folder / "src")
    places = [(path, at) for path in _modules() for at in range(len(list(_places(_tree(path)))))]
    chosen = random.Random(1).sample(places, min(number, len(places)))
    survived: list[str] = []
    for done, (path, at) in enumerate(chosen, start=1):
        tree = _tree(path)
        node = list(_places(tree))[at]
        line, before = getattr(node, "lineno", 0), ast.unparse(node)
        _turn(node)
        mutant = folder / "src" / path.relative_to(_ROOT / "src")
        whole = mutant.read_bytes()
        mutant.write_text(ast.unparse(tree))
        if not _is_noticed(folder / "src", path):
            survived.append(f"{path.relative_to(_ROOT / 'src')}:{line}: {before}")
            sys.stderr.write(survived[-1] + "\n")
        mutant.write_bytes(whole)
        sys.stderr.write(f"{done - len(survived)} of {done} mutants noticed\n")
    share = 100 * (len(chosen) - len(survived)) / max(1, len(chosen))
    return {
        "places": len(places),
        "mutants": len(chosen),
        "noticed, in per cent": round(share, 1),
        "survived": survived,
    }


def _modules() -> list[Path]:
    source = _ROOT / "src" / "manifesto_tui"
    return sorted(path for room in _ROOMS for path in (source / room).rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _places(tree: ast.Module) -> Iterator[ast.AST]:
    """Yields what can be turned, always in the same order; annotations and words are left."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=[op, *_]) if type(op) in _COMPARISONS:
                yield node
            case ast.BoolOp() | ast.IfExp() | ast.BinOp(op=ast.Add() | ast.Sub()):
                yield node
            case ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool() | int()):
                yield node
            case _:
                pass


def _turn(node: ast.AST) -> None:
    """Turns one place of a tree."""
    if isinstance(node, ast.Compare):
        node.ops[0] = _COMPARISONS[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.UnaryOp):
        inner = copy.copy(node)
        node.operand = inner
    elif isinstance(node, ast.Constant):
        value = node.value
        node.value = not value if isinstance(value, bool) else int(str(value)) + 1


def _is_noticed(source: Path, path: Path) -> bool:
    room = path.relative_to(_ROOT / "src" / "manifesto_tui").parts[0]
    own = _ROOT / "tests" / room / f"test_{path.stem}.py"
    return (own.exists() and not _passes(source, own)) or not _passes(source, own.parent)


def _passes(source: Path, tests: Path) -> bool:
    """Tells whether tests pass on a mutant; one that runs for ever is noticed."""
    places = os.pathsep.join([str(source), str(_ROOT / "tests")])
    options = ("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=")
    command = [sys.executable, "-m", "pytest", *options, "--import-mode=importlib", str(tests)]
    try:
        done = subprocess.run(
            [*command, "-o", f"pythonpath={source} {_ROOT / 'tests'}"],
            env={**os.environ, "PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=_ROOT,
            capture_output=True,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
