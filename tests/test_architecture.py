"""Holds the house together: who may import whom, and what is loaded when."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "manifesto_tui"

MAY_IMPORT = {
    "prose": set(),
    "governance": {"prose"},
    "record": {"governance", "prose"},
    "publish": {"governance", "prose"},
    "workflow": {"record", "publish", "governance", "prose"},
    "cli": {"workflow", "publish", "governance", "prose"},
    "tui": {"workflow", "publish", "governance", "prose"},
}
ONLY_IN = {
    "textual": ("tui/",),
    "textual_serve": ("tui/",),
    "aiohttp": ("tui/",),
    "git": ("record/running.py",),
    "gitdb": (),
    "ruamel": ("record/",),
    "yaml": (),
    "argparse": ("cli/",),
    "rich": ("cli/", "tui/", "publish/"),
    "cryptography": ("record/",),
    # Signing asks ssh-keygen where an agent holds the key, or it is none of ed25519. What listens
    # to a git that talks over a network starts none. A document from outside is read in a process
    # that can do nothing else.
    "subprocess": (
        *("record/running.py", "record/keys.py", "record/listening.py"),
        *("publish/returned_docx.py", "tui/"),
    ),
}
# The one place where the command line opens the app.
OPENS_THE_APP = "cli/run/opening.py"

MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole way"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def breaches(module: str, tree: ast.Module) -> Iterator[str]:
    room = module.partition("/")[0]
    for name in imported(tree):
        top, _, rest = name.partition(".")
        if top == "manifesto_tui" and room in MAY_IMPORT:
            other = rest.partition(".")[0]
            below = other == room or other in MAY_IMPORT[room] or other not in MAY_IMPORT
            if not below and (module, other) != (OPENS_THE_APP, "tui"):
                yield f"{module} imports {name}"
        elif top in ONLY_IN and not module.startswith(ONLY_IN[top] or ("nowhere",)):
            yield f"{module} imports {name}"


def outside(module: str, tree: ast.Module) -> Iterator[str]:
    """Yields what only the command line may touch: environment, standard streams, exit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in (
                "os.environ",
                "os.getenv",
                "sys.argv",
                "sys.exit",
                "sys.stdout",
                "sys.stderr",
            ):
                yield f"{module} touches {name}"
        elif isinstance(node, ast.Name) and node.id in ("print", "input", "exit", "quit"):
            yield f"{module} names {node.id}"


def test_every_room_is_under_the_rule():
    rooms = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downwards_only(module):
    assert list(breaches(module, parsed(module))) == []


@pytest.mark.parametrize("module", [m for m in MODULES if not m.startswith("cli/")])
def test_only_the_command_line_touches_the_outside(module):
    assert list(outside(module, parsed(module))) == []


def test_only_one_module_starts_git_and_only_one_asks_for_that():
    users = [m for m in MODULES if "manifesto_tui.record.running.start" in set(imported(parsed(m)))]
    assert users == ["record/git.py"]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(parsed(module)), f"{module} has no docstring"


def test_the_rule_is_able_to_find_a_breach():
    tree = ast.parse("import git\nfrom manifesto_tui.record import git\nimport os\nos.environ\n")
    assert len(list(breaches("cli/entry.py", tree))) == 3
    assert list(outside("prose/x.py", tree)) == ["prose/x.py touches os.environ"]


def overridden(trees: list[ast.Module]) -> Iterator[str]:
    """The private functions of a class that another, built upon it, has by the same name."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    by_name = {each.name: each for each in classes}

    def own(one: ast.ClassDef) -> dict[str, str]:
        found = [node for node in one.body if isinstance(node, ast.FunctionDef)]
        return {each.name: ast.unparse(each) for each in found if re.match("_[a-z]", each.name)}

    def above(one: ast.ClassDef) -> Iterator[ast.ClassDef]:
        for base in one.bases:
            name = ast.unparse(base).partition("[")[0]
            if name in by_name and name != one.name:
                yield by_name[name]
                yield from above(by_name[name])

    for one in classes:
        for other in above(one):
            for name in own(one).keys() & own(other).keys():
                if f"super().{name}" not in own(one)[name]:
                    yield f"{one.name}.{name} takes the place of {other.name}.{name}"


def test_no_class_takes_a_private_name_of_what_it_builds_upon_for_something_else():
    assert sorted(overridden([parsed(module) for module in MODULES])) == []
    tree = "class A:\n def _go(s): ...\nclass B(A):\n def _go(s): ..."
    assert list(overridden([ast.parse(tree)])) == ["B._go takes the place of A._go"]


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["diff", "--help"]])
def test_help_and_version_load_neither_textual_nor_git_nor_yaml(words):
    program = (
        "import sys\n"
        "from manifesto_tui.cli import main\n"
        f"code = main({words!r})\n"
        "heavy = {'textual', 'git', 'gitdb', 'ruamel', 'rich', 'rapidfuzz', 'cryptography'}\n"
        "heavy &= set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip()
    assert done.stderr.strip() == "[]"


def test_the_app_loads_what_a_text_is_and_how_it_is_governed_only_once_its_first_screen_stands():
    program = (
        "import sys\n"
        "from manifesto_tui.cli import main\n"
        "from manifesto_tui.tui import app\n"
        "rooms = ('prose', 'governance.assembly', 'publish', 'record.git', 'record.yaml')\n"
        "def run(*_):\n"
        "    print([room for room in rooms if f'manifesto_tui.{room}' in sys.modules])\n"
        "app.run = run\n"
        "main([])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"TEXTUAL_DRIVER": "none that needs a terminal"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def defined(module: str) -> set[str]:
    found = {Path(module).stem}
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@pytest.mark.parametrize("page", ["architecture", "developers"])
def test_every_function_and_file_that_a_page_for_developers_names_is_there(page):
    text = (ROOT.parent.parent / "docs" / f"{page}.md").read_text(encoding="utf-8")
    rooms = "|".join(MAY_IMPORT)
    named = re.findall(rf"`((?:{rooms})(?:\.\w+)+)`", text)
    classes = re.findall(r"`([A-Z]\w+(?:\.\w+)?)`", text)
    files = re.findall(rf"`((?:{rooms})/[\w/]+\.py)`", text)
    assert named or classes
    known = {m: defined(m) for m in MODULES}
    every = set().union(*known.values())
    assert [f for f in files if not (ROOT / f).is_file()] == []
    assert [name for name in classes if not set(name.split(".")) <= every] == []
    for name in named:
        room, *rest = name.split(".")
        if room == "prose" and len(rest) == 1:
            assert rest[0] in every, name
            continue
        module = "/".join([room, *rest])
        is_module = (ROOT / f"{module}.py").is_file() or (ROOT / module).is_dir()
        inside = known.get("/".join([room, *rest[:-1]]) + ".py", set())
        inside |= known.get("/".join([room, *rest[:-1], "__init__.py"]), set())
        assert is_module or rest[-1] in inside, name
