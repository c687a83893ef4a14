"""On a disk that nobody can write, what is there is read, and nothing is said to be recorded."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

# In a view of the files of its own, where everything of the folder can only be read.
ALONE = ("unshare", "--map-root-user", "--mount", "sh", "-c")
BOUND = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'


def possible() -> bool:
    done = shutil.which("unshare") and subprocess.run(
        [*ALONE, BOUND, "sh", str(Path.cwd())], capture_output=True, check=False
    )
    return bool(done) and done.returncode == 0


needs_mounts = pytest.mark.skipif(not possible(), reason="nothing can be mounted here")


def said_on(
    place: Path, folder: Path, *words: str, beside: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Says a command while nothing can be written under `place`, nor under those beside it."""
    program = [sys.executable, "-m", "manifesto_tui", "-C", str(folder), *words]
    places = [str(place), *(each for each in beside if Path(each).is_dir())]
    script = f'{BOUND} && shift && exec "$@"'
    for each in places:
        program = ["sh", "-c", script, "sh", each, *program]
    command = [*ALONE, 'exec "$@"', "sh", *program]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@needs_mounts
def test_what_can_only_be_read_is_read_and_not_acted_on(proposed):
    speak, known = proposed
    place, before = speak.folder.parent, speak.git("rev-parse", "HEAD")
    for words in (["list"], ["amendment", known], ["diff", known], ["check"], ["verify"]):
        assert said_on(place, speak.folder, *words).returncode == 0
    for words in (
        ["second", known],
        ["comment", known, "-m", "Why?"],
        ["withdraw", known, "-m", "No."],
    ):
        done = said_on(place, speak.folder, *words)
        assert done.returncode == 3
        assert "Nothing was recorded: git's folder cannot be written" in done.stderr
    assert speak.git("rev-parse", "HEAD") == before
    assert speak.git("status", "--porcelain") == ""


@needs_mounts
def test_where_only_the_folder_of_the_act_can_be_read_nothing_is_recorded_either(proposed):
    speak, known = proposed
    (place,) = speak.folder.glob(f"proposals/*/{known}*")
    before = speak.git("rev-parse", "HEAD")
    done = said_on(place, speak.folder, "second", known)
    assert done.returncode == 3
    assert f"Nothing was recorded: the folder {place} cannot be written." in done.stderr
    assert speak.git("rev-parse", "HEAD") == before
    assert speak.git("status", "--porcelain") == ""


@needs_mounts
def test_a_proof_needs_no_folder_that_can_be_written(founded):
    temporary = ("/tmp", "/var/tmp", "/usr/tmp", "/dev/shm", tempfile.gettempdir())
    done = said_on(founded.folder.parent, founded.folder, "verify", beside=temporary)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("PROVED.")
