"""Changes the pure rooms in small ways, one at a time, and asks whether a test notices.

A mutant is one module of `prose` or `governance` with one comparison, operator, constant or
condition turned. The tests of its room are run on it until one fails: those of its own file first,
then the others, the quickest first; they are collected once, and each mutant is a fork. What
takes ten times as long as it should, or gigabytes of memory, is noticed too. The sample is drawn
by chance from all such places:

    make torture ARGS="mutants 150 7 prose"     so many, drawn with this seed, of this room

Left out is what cannot change behaviour or never could go unnoticed: annotations and words;
decorators (`frozen`, `slots`, the size of a cache); `assert`; and `strict=` where lists are as
long as each other. Properties are tried with fewer examples than in `make test`, and always the
same ones, so the score is rather too low than too high.
"""

import ast
import contextlib
import copy
import gc
import inspect
import io
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from hypothesis import settings

from torture.ground import Figures

_ROOT = Path(__file__).parents[2]
_SOURCE = _ROOT / "src"
_TESTS = _ROOT / "tests"
_ROOMS = ("prose", "governance")
_EXAMPLES = 30
_MOST_MEMORY = 3 << 30
_LONGEST = 60  # Seconds for one test, where everything is loaded anew.
_OPTIONS = (
    *("-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts="),
    *("--import-mode=importlib", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
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
    places = [
        (room, path, at)
        for room in rooms
        for path in sorted((_SOURCE / "manifesto_tui" / room).rglob("*.py"))
        for at in range(len(list(_places(_tree(path)))))
    ]
    chosen = random.Random(seed).sample(places, min(number, len(places)))
    survived: list[str] = []
    for room in rooms:
        trial = _Trial(folder / room, [(path, at) for home, path, at in chosen if home == room])
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*_OPTIONS, str(_TESTS / room)], plugins=[trial])
        _forget()
        survived += trial.survived
    share = 100 * (len(chosen) - len(survived)) / max(1, len(chosen))
    return {
        "places": len(places),
        "mutants": len(chosen),
        "noticed, in per cent": round(share, 1),
        "survived": survived,
    }


class _Trial:
    """Runs the tests of a room on one mutant after another, each in a process of its own.

    The tests are collected once. A mutant is a fork in which the code of one function is another;
    only where no function differs (a constant of a module) is everything loaded anew.
    """

    def __init__(self, clock: Path, chosen: Sequence[tuple[Path, int]]) -> None:
        self.clock = clock
        self.chosen = chosen
        self.usual: dict[str, float] = {}
        self.survived: list[str] = []

    def pytest_sessionstart(self) -> None:
        settings.register_profile(
            "mutants", deadline=None, max_examples=_EXAMPLES, derandomize=True, database=None
        )
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not _passes(lambda: self._run(session, session.items)):
            raise AssertionError(f"The tests of {self.clock.name} fail as it is.")
        lines = self.clock.read_text().splitlines()
        self.usual = {ast.literal_eval(n): float(t) for t, n in (x.split(" ", 1) for x in lines)}
        for done, (path, at) in enumerate(self.chosen, start=1):
            self._try(session, path, at)
            noticed = done - len(self.survived)
            sys.stderr.write(f"{noticed} of {done} mutants of {self.clock.name} noticed\n")
        return True

    def _try(self, session: pytest.Session, path: Path, at: int) -> None:
        tree = _tree(path)
        node, which = list(_places(tree))[at]
        before = ast.unparse(node)
        node = _turn(node, which)
        items = sorted(
            session.items,
            key=lambda item: (item.path.stem != f"test_{path.stem}", self.usual[item.nodeid]),
        )
        turned = _Turned(path, tree)
        functions = turned.functions()

        def run() -> bool:
            if functions:
                for function, code in functions:
                    function.__code__ = code
                return self._run(session, items)
            _forget()
            sys.meta_path.insert(0, turned)
            again = _Again(items)
            return pytest.main([*_OPTIONS, str(_TESTS / self.clock.name)], plugins=[again]) == 0

        if _passes(run):
            line = getattr(node, "lineno", 1)
            words = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
            place = f"{path.relative_to(_SOURCE / 'manifesto_tui')}:{line}"
            self.survived.append(f"{place}: {before} → {ast.unparse(node)}  in  {words}")
            sys.stderr.write(self.survived[-1] + "\n")

    def _run(self, session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
        """Runs tests until one fails; writes down what each takes, where that is not known."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            if self.usual:
                # In seconds of this process; whoever takes longer is ended by the signal.
                signal.setitimer(signal.ITIMER_VIRTUAL, 2 + 10 * self.usual[item.nodeid])
            start = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return False
            if not self.usual:
                with self.clock.open("a") as lines:
                    lines.write(f"{time.process_time() - start:.3f} {item.nodeid!r}\n")
        return True


class _Again:
    """Runs the tests in a given order, in a session of their own."""

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        self.order = {item.nodeid: at for at, item in enumerate(items)}

    pytest_sessionstart = _Trial.pytest_sessionstart

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.order[item.nodeid])

    def pytest_runtest_logstart(self) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)


def _passes(run: Callable[[], bool]) -> bool:
    """Tells whether something is true in a process of its own, with some gigabytes of memory."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        code = 0 if run() else 1
    finally:
        os._exit(code)


def _forget() -> None:
    """Forgets this project's modules, so that they are read again; libraries stay."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        ours = Path(file).is_relative_to(_SOURCE) or Path(file).is_relative_to(_TESTS)
        if ours and name.split(".")[0] != "torture":
            del sys.modules[name]


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

    def get_code(self, fullname: str) -> CodeType:
        return compile(ast.fix_missing_locations(self.tree), self.path, "exec")

    def functions(self) -> list[tuple[FunctionType, CodeType]]:
        """Returns the functions of the module, as it is loaded, that differ, and their new code."""
        before = _codes(compile(_tree(Path(self.path)), self.path, "exec"))
        after = _codes(self.get_code(self.name))
        return [
            (function, after[key])
            for function in gc.get_objects()
            if isinstance(function, FunctionType) and function.__code__.co_filename == self.path
            if (key := _key(function.__code__)) in before and before[key] != after[key]
        ]


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """Returns the functions in the code of a module or a class, those within functions apart."""
    found: dict[tuple[str, int], CodeType] = {}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            is_function = (
                inner.co_flags & inspect.CO_NEWLOCALS and inner.co_flags & inspect.CO_OPTIMIZED
            )
            found.update({_key(inner): inner} if is_function else _codes(inner))
    return found
