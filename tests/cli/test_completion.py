"""What a shell is offered while a command is typed."""

import os
import shutil
import subprocess
import sys

import pytest

from manifesto_tui.cli import main
from manifesto_tui.cli.catalogue.sharing import SHELLS


def offered(folder, line, tmp_path):
    """Returns what the program offers for `line`, asked as bash asks it."""
    answer = tmp_path / "answer"
    asked = os.environ | {
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_SHELL": "bash",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
    }
    program = [sys.executable, "-m", "manifesto_tui"]
    subprocess.run(program, cwd=folder, env=asked, check=True, timeout=60)
    return [word.strip() for word in answer.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("manifesto-tui vot", ["vote"]),
        ("manifesto-tui roll ret", ["retire"]),
        ("manifesto-tui roll retire ", ["ada", "ben", "cleo"]),
        ("manifesto-tui completion z", ["zsh"]),
        ("manifesto-tui list --state w", ["withdrawn"]),
        ("manifesto-tui edit --reas", ["--reason"]),
    ],
)
def test_a_command_line_is_completed_from_the_record(founded, tmp_path, line, wanted):
    assert offered(founded.folder, line, tmp_path) == wanted


def test_nothing_is_offered_where_there_is_no_manifesto(tmp_path):
    assert offered(tmp_path, "manifesto-tui roll retire ", tmp_path) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_can_read(shell, capsys):
    assert main(["completion", shell]) == 0
    told = capsys.readouterr().out
    assert "manifesto-tui" in told
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=told, text=True, check=True, timeout=60)
