"""The page of commands, and what every command says of itself."""

from pathlib import Path

import pytest

from manifesto_tui.cli import main
from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.cli.reference import reference
from manifesto_tui.governance.rules import READY

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"


def every_command():
    for _, commands in GROUPS:
        for command in commands:
            yield from ((command.name, below.name) for below in command.commands)
            if not command.commands:
                yield (command.name,)


def test_the_page_of_commands_is_current():
    shown = PAGE.read_text(encoding="utf-8")
    assert shown == reference(), "run: python -m manifesto_tui.cli.reference > docs/commands.md"


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_every_command_explains_itself(words, capsys):
    assert main([*words, "--help"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("usage: manifesto-tui " + " ".join(words))
    assert told.err == ""


@pytest.mark.parametrize("command", [c for _, group in GROUPS for c in group], ids=lambda c: c.name)
def test_every_command_has_an_example(command):
    assert command.examples
    for line, meaning in command.examples:
        assert line.startswith(command.name)
        assert meaning.endswith(".")


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    for words in every_command():
        assert f"    {words[0]} " in told


def test_init_names_all_ready_rules(capsys):
    assert main(["init", "--help"]) == 0
    told = "".join(capsys.readouterr().out.split())
    assert ",".join(READY) in told
