"""Changes the pure rooms in small ways, one at a time, and asks whether a test notices.

A mutant is one module of `prose` or `governance` with one comparison, operator, constant or
condition turned. The tests of its room are run on it until one fails: those of its own file first,
then the others, the quickest first. What takes ten times as long as it should, or gigabytes of
memory, is noticed too. The sample is drawn by chance from all such places:

    make torture ARGS="mutants 150 7 prose"     so many, drawn with this seed, of this room

Left out is what cannot change behaviour or never could go unnoticed: annotations and words;
decorators (`frozen`, `slots`, the size of a cache); `assert`; and `strict=` where lists are as
long as each other. Properties are tried with fewer examples than in `make test`, and always the
same ones, so the score is rather too low than too high.
"""

import ast
import contextlib
import copy
import io
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import settings

from torture.ground import Figures

_ROOT = Path(__file__).parents[2]
_SOURCE = _ROOT / "src"
_TESTS = _ROOT / "tests"
_ROOMS = ("prose", "governance")
_EXAMPLES = 30
_MOST_MEMORY = 3 << 30
_OPTIONS = ("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=")
_QUIET = ("--import-mode=importlib", "-W", "ignore::pytest.PytestAssertRewriteWarning")
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
Place = tuple[ast.AST, int]


def mutants(folder: Path, number: int, seed: int = 1, *rooms: str) -> Figures:
    """Draws a number of mutants and counts those that a test notices."""
    folder.mkdir(parents=True, exist_ok=True)
    rooms = rooms or _ROOMS
    usual = {room: _usual(room, folder / room) for room in rooms}
    places = [
        (room, path, at)
        for room in rooms
        for path in sorted((_SOURCE / "manifesto_tui" / room).rglob("*.py"))
        for at in range(len(list(_places(_tree(path)))))
    ]
    chosen = random.Random(seed).sample(places, min(number, len(places)))
    survived: list[str] = []
    for done, (room, path, at) in enumerate(chosen, start=1):
        tree = _tree(path)
        node, which = list(_places(tree))[at]
        before = ast.unparse(node)
        node = _turn(node, which)
        if _passes(room, _Turned(path, tree), _Order(path, usual[room])):
            line = getattr(node, "lineno", 1)
            words = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
            place = f"{path.relative_to(_SOURCE / 'manifesto_tui')}:{line}"
            survived.append(f"{place}: {before} → {ast.unparse(node)}  in  {words}")
            sys.stderr.write(survived[-1] + "\n")
        sys.stderr.write(f"{done - len(survived)} of {done} mutants noticed\n")
    share = 100 * (len(chosen) - len(survived)) / max(1, len(chosen))
    return {
        "places": len(places),
        "mutants": len(chosen),
        "noticed, in per cent": round(share, 1),
        "survived": survived,
    }


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _places(tree: ast.AST) -> Iterator[Place]:
    """Yields what can be turned, always in the same order, and which of its comparisons."""
    match tree:
        case ast.Compare(ops=ops):
            yield from ((tree, at) for at, op in enumerate(ops) if type(op) in _COMPARISONS)
        case ast.BoolOp() | ast.IfExp() | ast.BinOp(op=ast.Add() | ast.Sub()):
            yield tree, 0
        case ast.UnaryOp(op=ast.Not()) | ast.Constant(value=bool() | int()):
            yield tree, 0
        case ast.Assert() | ast.keyword(arg="strict"):
            return
        case _:
            pass
    for name, value in ast.iter_fields(tree):
        if name not in ("decorator_list", "annotation", "returns"):
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, ast.AST):
                    yield from _places(inner)


def _turn(node: ast.AST, which: int) -> ast.AST:
    """Turns one place of a tree, and returns it."""
    if isinstance(node, ast.Compare):
        node.ops[which] = _COMPARISONS[type(node.ops[which])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.IfExp):
        node.body, node.orelse = node.orelse, node.body
    elif isinstance(node, ast.BinOp):
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif isinstance(node, ast.UnaryOp):
        node.operand = copy.copy(node)
    elif isinstance(node, ast.Constant):
        value = node.value
        node.value = not value if isinstance(value, bool) else int(str(value)) + 1
    return node


class _Turned(MetaPathFinder, SourceFileLoader):
    """Finds and loads one module from a tree, instead of its file."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        parts = path.relative_to(_SOURCE).with_suffix("").parts
        name = ".".join(parts).removesuffix(".__init__")
        SourceFileLoader.__init__(self, name, str(path))
        self.tree = tree

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.path, loader=self)

    def get_code(self, fullname: str) -> object:
        return compile(ast.fix_missing_locations(self.tree), self.path, "exec")


class _Order:
    """Lets the tests of a file go first, then the quickest, and none take for ever."""

    def __init__(self, path: Path, usual: dict[str, float]) -> None:
        self.own = f"test_{path.stem}.py"
        self.usual = usual

    def pytest_sessionstart(self) -> None:
        _few_examples()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: (item.path.name != self.own, self.usual.get(item.nodeid, 0)))

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        # In seconds of this process; whoever takes longer is ended by the signal.
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 + 10 * self.usual.get(nodeid, 0))


class _Clock:
    """Writes down what each test takes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_sessionstart(self) -> None:
        _few_examples()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        start = time.process_time()
        result = yield
        with self.path.open("a") as lines:
            lines.write(f"{time.process_time() - start:.3f} {item.nodeid!r}\n")
        return result


def _few_examples() -> None:
    settings.register_profile(
        "mutants", deadline=None, max_examples=_EXAMPLES, derandomize=True, database=None
    )
    settings.load_profile("mutants")


def _usual(room: str, path: Path) -> dict[str, float]:
    """Returns the seconds that each test of a room takes, having loaded the libraries they need."""
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", *_OPTIONS, *_QUIET, str(_TESTS / room)])
    _forget()
    if not _passes(room, None, _Clock(path)):
        raise AssertionError(f"The tests of {room} fail as it is.")
    pairs = [line.split(" ", 1) for line in path.read_text().splitlines()]
    return {ast.literal_eval(name): float(seconds) for seconds, name in pairs}


def _forget() -> None:
    """Forgets this project's modules, so that they are read again; libraries stay."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        ours = Path(file).is_relative_to(_SOURCE) or Path(file).is_relative_to(_TESTS)
        if ours and name.split(".")[0] != "torture":
            del sys.modules[name]


def _passes(room: str, turned: _Turned | None, plugin: object) -> bool:
    """Tells whether the tests of a room pass, in a process of their own that has the libraries."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    _forget()
    if turned:
        sys.meta_path.insert(0, turned)
    code = 1
    try:
        os.chdir(_ROOT)
        code = int(pytest.main([*_OPTIONS, *_QUIET, str(_TESTS / room)], plugins=[plugin]))
    finally:
        os._exit(code)
