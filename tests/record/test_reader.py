"""One git answers what is asked for in turn, as one for each question would."""

import os
import signal
import subprocess
import sys
from threading import Thread

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import reader
from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import list_folder, list_tree, read_blobs, read_file
from manifesto_tui.record.reader import Reader
from record.made import TEXT, founded, vote_file
from record.test_opening import record

PATHS = ("manifesto", "proposals", "proposals/2026-11", "proposals/none", "link", "code/run.sh")
FOLDER = "proposals/2026-11/k7f3-publish"


@pytest.fixture
def tip(repo):
    return commit(repo, founded() | vote_file("anna") | vote_file("ben"), "Found", None)


@pytest.fixture
def started(monkeypatch):
    """What git was started with, and the processes."""
    seen = []
    real = Repository._start

    def start(self, args, *more, **named):
        process = real(self, args, *more, **named)
        seen.append((args, process))
        return process

    monkeypatch.setattr(Repository, "_start", start)
    return seen


def everything(repo, tip):
    paths = (*PATHS, FOLDER, f"{FOLDER}/votes/anna.yaml")
    listed = [list_tree(repo, tip, (path,)) for path in paths]
    within = [list_folder(repo, tip, (path, "manifesto")) for path in paths]
    together = list_tree(repo, tip, paths)
    blobs = dict(read_blobs(repo, (entry.id for entry in together.values() if entry.id)))
    return [list(each.items()) for each in listed], within, together, blobs


def test_what_is_listed_and_read_is_the_same_and_takes_one_process(repo, tip, started):
    odd = [
        ("link", "120000", b"manifesto"),
        ("code/run.sh", "100755", b"echo\n"),
        ("code/deeper/still/x", "100644", b"x\n"),
        (f"{FOLDER}/votes/Odd Näme", "100644", b"x\n"),
        (f"{FOLDER}.txt", "100644", b"sorts before what is in the folder\n"),
    ]
    tip = record(repo, odd, tip)
    alone = everything(repo, tip)
    started.clear()
    with repo.at_hand():
        assert everything(repo, tip) == alone
    assert [args for args, _ in started] == [("cat-file", "--batch")]
    assert started[0][1].returncode is not None


def test_modes_of_an_old_git_are_told_as_git_tells_them(repo, tip, git):
    blob = repo.run(("hash-object", "-w", "--stdin"), b"x").decode().strip()
    within = b"100664 x\0" + bytes.fromhex(blob)
    tree = repo.run(("hash-object", "-t", "tree", "-w", "--stdin", "--literally"), within)
    top = b"40000 a\0" + bytes.fromhex(tree.decode().strip())
    made = repo.run(("hash-object", "-t", "tree", "-w", "--stdin", "--literally"), top)
    tip = git(repo.work_tree, "commit-tree", "-m", "Old", made.decode().strip()).strip()
    alone = list_tree(repo, tip, ("a",))
    with repo.at_hand():
        assert list_tree(repo, tip, ("a",)) == alone


def test_what_has_a_line_end_in_its_name_is_asked_of_a_git_of_its_own(repo, tip):
    with repo.at_hand():
        assert list_tree(repo, tip, ("manifesto\nHEAD",)) == {}
        assert read_file(repo, tip, "manifesto/01-principles.md") in (TEXT, None)
        assert repo.knows(tip)


def test_who_stops_reading_and_who_asks_meanwhile_get_their_own_answers(repo, tip):
    ids = [entry.id for entry in list_tree(repo, tip, ("proposals", "manifesto")).values()]
    alone = dict(read_blobs(repo, ids))
    with repo.at_hand():
        for blob, data in read_blobs(repo, ids):
            assert dict(read_blobs(repo, [blob])) == {blob: data}
            break
        assert dict(read_blobs(repo, ids)) == alone
        kept = read_blobs(repo, ids)
        first = next(kept)
    assert dict([first, *kept]) == alone


def test_a_git_that_died_is_missed_once_at_most(repo, tip, started):
    ids = [entry.id for entry in list_tree(repo, tip, ("manifesto",)).values()]
    alone = dict(read_blobs(repo, ids))
    with repo.at_hand():
        assert dict(read_blobs(repo, ids)) == alone
        os.kill(started[-1][1].pid, signal.SIGKILL)
        os.waitid(os.P_PID, started[-1][1].pid, os.WEXITED | os.WNOWAIT)
        assert dict(read_blobs(repo, ids)) == alone
        with pytest.raises(Unavailable, match="lost"):
            list(read_blobs(repo, ["5" * 40]))
        assert dict(read_blobs(repo, ids)) == alone


def test_each_thread_has_its_own(repo, tip, started):
    found = []
    with repo.at_hand():
        assert repo.reader and repo.knows(tip)
        thread = Thread(target=lambda: found.append((repo.reader, repo.knows(tip))))
        thread.start()
        thread.join()
    assert found == [(None, True)]
    assert len(started) == 2


def test_it_ends_with_what_it_was_for_however_that_ends(repo, tip, started):
    with pytest.raises(KeyError), repo.at_hand():
        assert repo.knows(tip)
        raise KeyError
    assert repo.reader is None
    assert started[0][1].returncode is not None


def program(words):
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", words]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)


def test_a_git_that_does_not_answer_is_ended(monkeypatch):
    monkeypatch.setattr(reader, "TIMEOUT", 0.05)
    begun = []
    asking = Reader(lambda: begun.append(program("input(); input(); input()")) or begun[-1])
    with pytest.raises(Unavailable) as raised, asking.asked(b"HEAD\n") as out:
        out.readline()
    assert raised.value.code == "git-timeout"
    assert begun[0].returncode is not None


def test_a_git_that_complains_at_length_goes_on():
    words = "import sys; input(); sys.stderr.write('x' * 300_000); sys.stderr.close(); "
    asking = Reader(lambda: program(f"{words} print('told'); print(input(), 'missing')"))
    with asking.asked(b"HEAD\n") as out:
        assert out.readline() == b"told\n"
    asking.close()
