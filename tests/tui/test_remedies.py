"""What is refused in the app names what helps in the app, and no command typed elsewhere."""

import ast
from pathlib import Path

import pytest

import manifesto_tui
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.remedies import COMMAND, REMEDIES, remedy, why
from manifesto_tui.tui.settings import Settings

# The command line alone meets these, or what helps is for whoever set the folder up, or staged
# something there with git.
ELSEWHERE = {
    "branch-lost",
    "disk",
    "folder-not-empty",
    "format",
    "key-not-yours",
    "no-key",
    "no-manifesto",
    "no-text",
    "not-a-repository",
    "nothing-committed",
    "text-ambiguous",
    "usage",
    "who-are-you",
    "dubious-ownership",
    "in-the-middle-of-merge",
    "object-missing",
    "partial-clone",
    "no-identity",
    "shallow-clone",
    "work-tree-dirty",
}


def refusals():
    """Yields the code of every refusal of the rooms below, and the words of its hint."""
    src = Path(manifesto_tui.__file__).parent
    for room in ("governance", "record", "publish", "workflow"):
        for path in (src / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or len(node.args) < 3:
                    continue
                if getattr(node.func, "id", "") not in ("BadInput", "Refused", "Unavailable"):
                    continue
                words = [n.value for n in ast.walk(node.args[2]) if isinstance(n, ast.Constant)]
                if isinstance(node.args[0], ast.Constant):
                    yield node.args[0].value, " ".join(map(str, words))


def test_every_refusal_that_names_a_command_is_told_otherwise_in_the_app():
    found = {code for code, hint in refusals() if COMMAND.search(hint)}
    assert len(found) > 30
    assert found - set(REMEDIES) <= ELSEWHERE
    assert set(REMEDIES) <= found


@pytest.mark.parametrize("code", REMEDIES)
def test_a_remedy_names_keys_that_there_are_and_no_command(code):
    told = remedy(BadInput(code, "No.", "Run `manifesto-tui list`."), Settings()).plain
    assert "{" not in told
    assert not COMMAND.search(told)


def test_it_names_the_keys_that_were_chosen():
    problem = Refused("duplicate", "k7f3 proposes just this already.", "Run: `manifesto-tui x`.")
    keys = Settings(keys={BY_ID["second"].id: "f9"})
    assert why(problem, keys).plain == (
        "k7f3 proposes just this already. Support that one with f9."
    )


def test_what_a_sentence_is_about_is_said_once():
    assert why(BadInput("x", "k7f3 is gone.", "", "k7f3"), Settings()).plain == "k7f3 is gone. "
    assert why(BadInput("x", "It is gone.", "", "k7f3"), Settings()).plain == "k7f3: It is gone. "


def test_a_hint_without_a_command_stands():
    assert remedy(BadInput("title-missing", "No.", "Ask anna."), Settings()).plain == "Ask anna."
