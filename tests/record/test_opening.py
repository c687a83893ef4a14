"""However a record is opened, anew, again or from an earlier commit, the same is found."""

import random
import subprocess
from dataclasses import replace

import pytest

from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.record import forms, opened, opening, snapshot
from manifesto_tui.record.cache import Cache
from manifesto_tui.record.commit import commit
from record.made import FILES, FOLDER, founded, vote_file

MONTHS = ("proposals/2026-01", "proposals/2026-02", "proposals/2025-12")
ODD = (
    "proposals/notes.md",
    "proposals/2026-13/aaaa-no-month/amendment.yaml",
    "proposals/2026-01/.gitkeep",
    "proposals/2026-02/no proposal/x\ny.yaml",
    "proposals/2026-02/b000-file",
    "proposals/2026-01/b000-say/votes/Odd Name.yaml",
    "proposals/2026-01/b000-say/votes/anna.yaml.sig",
    "docs/page.md",
)
VOTE = next(iter(vote_file("anna").values()))


def acts(chance, tip_files):
    """Yields what one commit changes: a path, a mode, and bytes, None where it goes."""
    for _ in range(chance.randint(1, 6)):
        kind = chance.choice(
            ("vote", "vote", "new", "odd", "gone", "month", "link", "text", "words")
        )
        folder = f"{chance.choice(MONTHS)}/b{chance.randint(0, 9):03}-say"
        if kind == "vote":
            yield f"{folder}/votes/v{chance.randint(0, 99)}.yaml", "100644", VOTE
        elif kind == "new":
            yield f"{folder}/comments/{chance.randint(0, 99)}.yaml", "100644", b"format: 1\n"
        elif kind == "odd":
            yield chance.choice(ODD), "100644", b"x: 1\n"
        elif kind == "link":
            yield f"{chance.choice(MONTHS)}/c00{chance.randint(0, 3)}-link", "120000", b"/etc"
        elif kind == "text":
            yield "elsewhere.md", "100644", f"# {chance.random()}\n".encode()
        elif kind == "words":
            words = chance.choice((None, b"# More\n"))
            yield "manifesto/02-more.md", chance.choice(("100644", "120000")), words
        elif tip_files and kind == "gone":
            yield chance.choice(sorted(tip_files)), "", None
        elif tip_files:
            yield chance.choice((*MONTHS, "proposals")), "", None


def record(repo, changes, tip):
    """Commits changes that this program would not make, as somebody with git may."""
    parts = [f"commit refs/heads/main\ncommitter x <x> 0 +0000\ndata 0\nfrom {tip}\n".encode()]
    for path, mode, data in changes:
        quoted = b'"%b"' % path.replace("\n", "\\n").encode()
        if data is None:
            parts.append(b"D %b\n" % quoted)
        else:
            parts.append(b"M %b inline %b\n" % (mode.encode(), quoted))
            parts.append(b"data %d\n%b\n" % (len(data), data))
    command = ["git", "fast-import", "--quiet", "--force"]
    where = {"cwd": repo.work_tree, "env": dict(repo.environment)}
    subprocess.run(command, input=b"".join(parts), check=True, **where)
    return repo.head()


def read(repo, tip):
    return snapshot.read_assembly(replace(repo, memory={}), tip)


def read_cold(repo, tip, tmp_path):
    """Reads without what the cache knows, and leaves it as it was."""
    (kept,) = (repo.common_dir / "manifesto-tui").glob("cache-*.sqlite")
    aside = kept.rename(tmp_path / "aside")
    assembly = read(repo, tip)
    assert assembly.problems is not None
    aside.replace(kept)
    return assembly


@pytest.mark.parametrize("seed", range(6))
def test_anew_again_or_from_earlier_the_same_is_found(repo, seed, tmp_path, monkeypatch):
    chance = random.Random(seed)
    if seed % 2:  # As in a large record: what differs is kept, and not all again.
        monkeypatch.setattr(opened, "_SHARE", 0)
    files = founded() | {path: forms.write(value) for path, value in FILES.items()}
    files[MANIFESTO] = files[MANIFESTO].replace(b"text:\n", b"text:\n- elsewhere.md\n")
    tip = commit(repo, files | {"elsewhere.md": b"# E\n"}, "Found", None)
    opening.open_at(repo, tip)
    taken = 0
    for _ in range(15):
        listed = repo.run(("ls-tree", "-r", "--name-only", "-z", tip, "proposals/")).decode()
        tip = record(repo, list(acts(chance, listed.split("\0")[:-1])), tip)
        anew = opening._from_git(repo, tip)
        earlier = opening._from_earlier(repo, *opened.latest(Cache(repo.common_dir)), tip)
        if earlier:
            taken += 1
            assert earlier == anew
            assert list(earlier.folders) == list(anew.folders)
        if chance.random() < 0.7:
            first = read(repo, tip)
            assert opening.open_at(repo, tip) == anew
            assert read(repo, tip) == first == read_cold(repo, tip, tmp_path)
            assert first.problems == read(repo, tip).problems
    assert taken > 5


def test_from_earlier_is_what_is_used(repo, monkeypatch):
    tip = commit(repo, founded() | vote_file("anna"), "Found", None)
    opening.open_at(repo, tip)
    newer = commit(repo, vote_file("ben"), "Vote", tip)
    anew = opening._from_git(repo, newer)
    monkeypatch.setattr(opening, "_from_git", None)
    assert opening.open_at(repo, newer) == anew


def test_a_vote_in_a_large_record_keeps_what_differs_and_not_the_whole_list(repo):
    many = {f"proposals/2026-01/b{n:03}-say/comments/1.yaml": b"x: 1\n" for n in range(20)}
    tip = commit(repo, founded() | vote_file("anna") | many, "Found", None)
    read(repo, tip)
    for name in ("ben", "carl"):
        newer = commit(repo, vote_file(name), "Vote", repo.head())
        read(repo, newer)
        kept = opened.recall(Cache(repo.common_dir), newer)
        assert kept == opening._from_git(repo, newer)
        assert kept.listed == tip
        assert list(kept.since) == [FOLDER]
    proposed = {"proposals/2026-01/b100-say/comments/1.yaml": b"x: 1\n"}
    newest = commit(repo, proposed, "Propose", newer)
    read(repo, newest)
    assert opened.recall(Cache(repo.common_dir), newest).listed == newest


def test_what_differs_is_asked_without_the_index_which_may_be_large_or_broken(repo):
    tip = commit(repo, founded() | vote_file("anna"), "Found", None)
    read(repo, tip)
    newer = commit(repo, vote_file("ben"), "Vote", tip)
    (repo.git_dir / "index").write_bytes(b"no index")
    earlier = opening._from_earlier(repo, *opened.latest(Cache(repo.common_dir)), newer)
    assert earlier == opening._from_git(repo, newer)


def test_a_folder_that_gained_votes_is_read_but_for_those(repo, monkeypatch):
    tip = commit(repo, founded() | vote_file("anna") | vote_file("carl"), "Found", None)
    assert len(read(repo, tip).proposals[0].votes) == 2
    bad = {f"{FOLDER}/votes/dora.yaml": b"choice: [for\n"}
    newer = commit(repo, vote_file("ben") | bad, "Vote", tip)
    asked = []
    real = snapshot._read_entries
    monkeypatch.setattr(snapshot, "_read_entries", lambda r, e: asked.append(set(e)) or real(r, e))
    assembly = read(repo, newer)
    assert [vote.voter for vote in assembly.proposals[0].votes] == ["anna", "ben", "carl"]
    assert [str(problem.place).rpartition("/")[2] for problem in assembly.problems] == [
        "dora.yaml:2:1"
    ]
    assert asked == [{f"{FOLDER}/votes/ben.yaml", f"{FOLDER}/votes/dora.yaml"}]
    assert read(repo, newer) == assembly


def test_a_folder_may_be_kept_by_an_empty_file_at_a_commit_and_on_disk(repo):
    tip = commit(repo, founded() | {"proposals/.gitkeep": b""} | vote_file("anna"), "Found", None)
    read(repo, tip)
    kept = {f"{place}/.gitkeep": b"" for place in ("proposals/2026-01", FOLDER)}
    newer = commit(repo, kept, "Keep the folders", tip)
    odd = opening._from_git(repo, newer).odd
    assert odd == opening._from_earlier(repo, *opened.latest(Cache(repo.common_dir)), newer).odd
    assert not odd
    assert not read(repo, newer).problems
    assert not snapshot.read_worktree(repo).problems
