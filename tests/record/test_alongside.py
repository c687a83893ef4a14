"""Index and files follow the branch, now or at the next start, and take nothing of the user's."""

import errno
import os

import pytest

from manifesto_tui.governance.problem import Refused, Unavailable
from manifesto_tui.record import abandoned, alongside, disk, locks
from manifesto_tui.record.commit import Act, advance, aside, commit
from manifesto_tui.record.objects import Entry
from record.made import TEXT, founded, vote_file

TEXT_PATH = "manifesto/01-open.md"
VOTE = vote_file("anna")
(VOTE_PATH,) = VOTE


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.01)


@pytest.fixture
def tip(repo, git):
    (repo.work_tree / "big.bin").write_bytes(b"x" * (disk.LARGEST + 1))
    (repo.work_tree / "code.py").write_text("first\n")
    (repo.work_tree / "link").symlink_to("code.py")
    git(repo.work_tree, "add", ".")
    git(repo.work_tree, "commit", "--quiet", "-m", "Others' code")
    return commit(repo, founded(), "Found", repo.head())


def clean(repo, git):
    return git(repo.work_tree, "status", "--porcelain", "-uall") == ""


def pending(repo):
    return list((repo.git_dir / "manifesto-tui" / "pending").iterdir())


def interrupted(repo, monkeypatch, way, *args):
    """Does something, and crashes once the branch has moved."""

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alongside.Touched, "bring_along", crash)
        with pytest.raises(KeyboardInterrupt):
            way(repo, *args)


def test_files_that_cannot_be_written_are_told_and_follow_at_the_next_start(
    repo, tip, git, monkeypatch
):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(disk, "put_file", full)
        with pytest.raises(Unavailable) as raised:
            commit(repo, VOTE, "Vote", tip)
    assert raised.value.code == "work-tree-behind"
    assert repo.head()[:10] in raised.value.sentence
    assert "Errno" not in str(raised.value)
    assert VOTE_PATH in raised.value.sentence
    (repo.work_tree / "code.py").write_text("mine\n")
    git(repo.work_tree, "commit", "--quiet", "-a", "-m", "Everything of mine")
    assert VOTE_PATH in git(repo.work_tree, "ls-tree", "-r", "--name-only", "HEAD")
    alongside.recover(repo)
    assert (clean(repo, git), pending(repo)) == (True, [])
    assert (repo.work_tree / VOTE_PATH).read_bytes() == VOTE[VOTE_PATH]
    assert git(repo.work_tree, "ls-files", "-t", VOTE_PATH).startswith("H ")


def test_a_file_that_still_cannot_be_written_at_the_next_start_stays_recorded(
    repo, tip, git, monkeypatch
):
    def closed(*_):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    edit = {TEXT_PATH: b"# New\n"}
    with monkeypatch.context() as patched:
        patched.setattr(disk, "put_file", closed)
        patched.setattr(disk, "write_file", closed)
        with pytest.raises(Unavailable):
            commit(repo, edit, "Edit", tip)
        alongside.recover(repo)
        assert clean(repo, git)
        assert len(pending(repo)) == 1
    commit(repo, VOTE, "Vote", repo.head())
    assert (clean(repo, git), pending(repo)) == (True, [])
    assert (repo.work_tree / TEXT_PATH).read_bytes() == b"# New\n"
    (repo.work_tree / TEXT_PATH).write_bytes(b"# Mine\n")
    assert not clean(repo, git)


@pytest.mark.parametrize("crashed", [False, True])
def test_an_index_that_somebody_holds_follows_at_the_next_start(
    repo, tip, git, monkeypatch, crashed
):
    lock = repo.git_dir / "index.lock"
    put = disk.put_file

    def while_held(*args):
        lock.write_text("somebody else's")
        put(*args)

    if crashed:
        interrupted(repo, monkeypatch, commit, VOTE, "Vote", tip)
        lock.write_text("somebody else's")
        alongside.recover(repo)
    else:
        with monkeypatch.context() as patched:
            patched.setattr(disk, "put_file", while_held)
            commit(repo, VOTE, "Vote", tip)
    assert len(pending(repo)) == 1
    lock.unlink()
    alongside.recover(repo)
    assert (clean(repo, git), pending(repo)) == (True, [])


def test_what_somebody_staged_meanwhile_stays(repo, tip, git, monkeypatch):
    put = disk.put_file

    def meanwhile(*args):
        (repo.work_tree / "mine").write_text("mine")
        git(repo.work_tree, "add", "mine")
        put(*args)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "put_file", meanwhile)
        commit(repo, VOTE, "Vote", tip)
    assert git(repo.work_tree, "status", "--porcelain", "-uall") == "A  mine\n"


def test_a_note_that_another_start_took_for_a_dead_ones_is_made_anew(repo, tip, git, monkeypatch):
    hold, taken = locks.hold, []

    def late(handle):
        if not taken:
            taken.append(handle)
            return False
        return hold(handle)

    with monkeypatch.context() as patched:
        patched.setattr(locks, "hold", late)
        commit(repo, VOTE, "Vote", tip)
    assert clean(repo, git)


@pytest.mark.parametrize("half", ["", "{", "[]", '{"before": {"a": 1}}'])
def test_a_note_that_was_never_finished_announced_nothing(repo, tip, git, half):
    note = repo.git_dir / "manifesto-tui" / "pending" / "0badc0de.json"
    note.write_text(half)
    alongside.recover(repo)
    assert (clean(repo, git), pending(repo), repo.head()) == (True, [], tip)


def test_a_founding_that_came_to_nothing_leaves_nothing(repo, git):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(alongside.Touched, "sync", full)
        with pytest.raises(Unavailable):
            commit(repo, founded(), "Found", None)
    assert len(pending(repo)) == 1
    alongside.recover(repo)
    assert (repo.head(), pending(repo), clean(repo, git)) == (None, [], True)


def test_others_code_follows_after_a_crash_where_it_is_as_it_was(repo, tip, git, monkeypatch):
    blob = git(repo.work_tree, "rev-parse", "HEAD:code.py").strip()
    files = {"big.bin": Entry("100644", blob), "link": None, "new": Entry("120000", blob)}
    newer = aside(repo, Act(files, "Code"), tip, "refs/made/code")
    interrupted(repo, monkeypatch, advance, files, tip, newer)
    alongside.recover(repo)
    assert (clean(repo, git), pending(repo)) == (True, [])
    assert (repo.work_tree / "big.bin").read_text() == "first\n"
    assert (repo.work_tree / "new").is_symlink()


def test_others_code_that_was_edited_after_a_crash_stays(repo, tip, git, monkeypatch):
    blob = git(repo.work_tree, "rev-parse", "HEAD:code.py").strip()
    files = {"big.bin": Entry("100644", blob)}
    newer = aside(repo, Act(files, "Code"), tip, "refs/made/code")
    interrupted(repo, monkeypatch, advance, files, tip, newer)
    (repo.work_tree / "big.bin").write_text("mine")
    git(repo.work_tree, "add", "big.bin")
    alongside.recover(repo)
    assert (repo.work_tree / "big.bin").read_text() == "mine"
    assert git(repo.work_tree, "status", "--porcelain") == "M  big.bin\n"


@pytest.mark.parametrize("data", [VOTE[VOTE_PATH], Entry("100755", "5" * 40)])
def test_a_file_that_nobody_recorded_is_named_where_it_is_in_the_way(repo, tip, data):
    (repo.work_tree / VOTE_PATH).parent.mkdir(parents=True)
    (repo.work_tree / VOTE_PATH).write_text("mine")
    with pytest.raises(Refused) as raised:
        commit(repo, {VOTE_PATH: data}, "Vote", tip)
    assert f"{VOTE_PATH} is in the way" in raised.value.sentence
    assert "Move or rename" in raised.value.hint
    assert (repo.head(), (repo.work_tree / VOTE_PATH).read_text()) == (tip, "mine")


@pytest.mark.parametrize("closed", ["", "proposals", "proposals/2026-11/k7f3-publish/votes"])
def test_a_folder_that_cannot_be_written_is_told_before_anything_happens(
    repo, tip, git, monkeypatch, closed
):
    if closed:
        (repo.work_tree / closed).mkdir(parents=True)
    inode = (repo.work_tree / closed).stat().st_ino

    def may(_path, _mode, dir_fd=None):
        return dir_fd is None or os.fstat(dir_fd).st_ino != inode

    monkeypatch.setattr(os, "access", may)
    with pytest.raises(Unavailable) as raised:
        commit(repo, VOTE, "Vote", tip)
    assert raised.value.code == "not-recorded"
    assert str(repo.work_tree / closed) in raised.value.sentence
    assert (repo.head(), clean(repo, git), pending(repo)) == (tip, True, [])
    commit(repo, {"manifesto/02.md": TEXT}, "Elsewhere", tip)


def test_a_link_in_the_place_of_a_file_of_the_record_is_refused(repo, tip, git):
    with pytest.raises(Refused) as raised:
        commit(repo, {"link": b"x\n"}, "Write", tip)
    assert raised.value.code == "not-a-plain-file"
    assert (repo.head(), clean(repo, git), pending(repo)) == (tip, True, [])


def test_a_folder_that_is_damaged_is_told_before_anything_happens(repo, tip, git):
    named = git(repo.work_tree, "rev-parse", "HEAD:manifesto").strip()
    held = repo.git_dir / "objects" / named[:2] / named[2:]
    held.chmod(0o644)
    held.write_bytes(b"nothing that git packed")
    with pytest.raises(Unavailable) as raised:
        commit(repo, {TEXT_PATH: TEXT + b"\nMore.\n"}, "Edit", tip)
    assert raised.value.code in ("git-failed", "object-missing")
    assert (repo.head(), pending(repo)) == (tip, [])


def test_a_submodule_is_left_to_git(repo, tip, git):
    files = {"module": Entry("160000", tip)}
    newer = aside(repo, Act(files, "Link it"), tip, "refs/made/module")
    advance(repo, files, tip, newer)
    assert git(repo.work_tree, "ls-files", "--stage", "module").split()[:2] == ["160000", tip]
    assert not (repo.work_tree / "module").exists()


def test_an_old_mode_of_a_plain_file_is_that_of_a_plain_file(repo, tip, git):
    tree = git(repo.work_tree, "rev-parse", "HEAD^{tree}").strip()
    raw = repo.run(("cat-file", "tree", tree)).replace(b"100644 code.py", b"100664 code.py")
    made = repo.run(("hash-object", "-t", "tree", "-w", "--literally", "--stdin"), raw)
    old = repo.run(("commit-tree", "-p", tip, "-m", "Old", made.decode().strip())).decode().strip()
    git(repo.work_tree, "reset", "--hard", "--quiet", old)
    commit(repo, {"code.py": b"second\n"}, "Edit", old)
    assert git(repo.work_tree, "ls-tree", "HEAD", "code.py").startswith("100644 ")
    assert clean(repo, git)


def test_a_lock_that_another_took_since_is_left(repo, tip, monkeypatch):
    lock, note = repo.git_dir / "refs/heads/main.lock", repo.git_dir / "note"
    note.touch()
    os.utime(note, (1, 1))
    lock.touch()

    def meanwhile(_):
        lock.unlink()
        lock.write_text("somebody else's")
        os.utime(lock, (5, 5))

    with monkeypatch.context() as patched:
        patched.setattr(abandoned, "wait_for", meanwhile)
        abandoned.free(repo, "refs/heads/main", note, tip)
    assert lock.read_text() == "somebody else's"


def test_a_lock_that_names_the_very_commit_is_ours(repo, tip):
    lock, note = repo.git_dir / "refs/heads/main.lock", repo.git_dir / "note"
    note.touch()
    os.utime(note, (1, 1))
    lock.write_text(f"{tip}\n")
    abandoned.free(repo, "refs/heads/main", note, tip)
    assert not lock.exists()
