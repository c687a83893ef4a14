"""The manual page."""

import shutil
import subprocess
from pathlib import Path

import pytest

from manifesto_tui.cli.manual import manual

PAGE = Path(__file__).parent.parent.parent / "docs" / "manifesto-tui.1"


def test_the_manual_page_is_current():
    shown = PAGE.read_text(encoding="utf-8")
    assert shown == manual(), "run: python -m manifesto_tui.cli.manual > docs/manifesto-tui.1"


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not here to read the page")
def test_groff_reads_it_without_a_warning():
    read = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", str(PAGE)], capture_output=True, timeout=60
    )
    assert (read.returncode, read.stderr) == (0, b"")
