"""Every command line that documents and hints show is one that the program understands."""

import re
import shlex
from pathlib import Path

import pytest

from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.cli.parser import build

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "manifesto_tui"
# The comparison speaks of what is to come, too.
PAGES = [p for p in (ROOT / "docs").glob("*.md") if p.name != "comparison.md"]
PAGES += [ROOT / "README.md", *SOURCE.rglob("*.py")]
NAMES = {command.name for _, commands in GROUPS for command in commands}
SHOWN = re.compile(
    r"`(?:\.venv/bin/)?manifesto-tui ([^`{}]+)`|^\S*manifesto-tui ([^`\n{}]+)$", re.M
)


def shown():
    for page in sorted(PAGES):
        for line in page.read_text("utf-8").splitlines():
            for quoted, alone in SHOWN.findall(line):
                words = quoted or alone
                if re.match(r"(-C \S+ )?[a-z]", words) and " is a few " not in line:
                    yield pytest.param(words, id=f"{page.name}: {words[:60]}")


LINES = list(shown())


def test_the_documents_show_command_lines():
    assert len(LINES) > 20


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_that_is_shown_names_a_command_and_its_options(line):
    words = shlex.split(line, comments=True)
    at = 2 if words[0] == "-C" else 0
    command = words[at]
    assert command in NAMES
    if "…" in line or "[" in line or "--help" in line or len(words) == at + 1:
        # Named in passing, or with a part left out.
        return
    namespace = build().parse_args(words)
    assert namespace.command == command
