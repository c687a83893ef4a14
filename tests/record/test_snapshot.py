"""What a commit or a folder holds becomes an assembly; what is broken becomes a problem."""

from dataclasses import replace

import pytest

from manifesto_tui.governance import paths
from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import read_text
from manifesto_tui.record import forms, snapshot
from manifesto_tui.record.commit import commit
from record.made import AMENDMENT, ANNA, FILES, FOLDER, RULES, TEXT, founded, vote_file

EVERYTHING = founded() | {path: forms.write(value) for path, value in FILES.items()}


def codes(assembly):
    return {(problem.place.path, problem.code) for problem in assembly.problems}


def test_everything_comes_back_from_a_commit(repo):
    tip = commit(repo, EVERYTHING, "Found", None)
    assembly = snapshot.read_assembly(repo, tip)
    (proposal,) = assembly.proposals
    assert assembly.problems == ()
    assert assembly.commit == tip
    assert assembly.roll.members == (ANNA,)
    assert [revision.revision for revision in proposal.revisions] == [1, 2, 3]
    assert proposal.revisions[0] == AMENDMENT
    assert proposal.revisions[2].rules == RULES
    assert {proxy.holder for proxy in proposal.proxies} == {"anna", ""}
    assert proposal.acceptances[0].giver == "ben"
    assert proposal.ballot and proposal.decision and proposal.withdrawal
    assert len(proposal.votes) == len(proposal.comments) == len(proposal.seconds) == 1
    assert assembly.text.sources == {"manifesto/01-open.md": TEXT.decode()}


def test_commit_work_tree_and_bytes_say_the_same(repo):
    tip = commit(repo, EVERYTHING, "Found", None)
    read = snapshot.read_assembly(repo, tip)
    assert snapshot.assemble(EVERYTHING, tip) == read
    assert snapshot.read_worktree(repo) == replace(read, commit="")


def test_a_second_reading_sees_what_is_new(repo):
    tip = commit(repo, founded(), "Found", None)
    snapshot.read_assembly(repo, tip)
    tip = commit(repo, vote_file("anna"), "Vote", tip)
    (proposal,) = snapshot.read_assembly(repo, tip).proposals
    assert [vote.voter for vote in proposal.votes] == ["anna"]


def test_one_bad_file_hides_no_other():
    files = EVERYTHING | {f"{FOLDER}/votes/ben.yaml": b"choice: [for\n"}
    assembly = snapshot.assemble(files)
    assert codes(assembly) == {(f"{FOLDER}/votes/ben.yaml", "bad-yaml")}
    assert [vote.voter for vote in assembly.proposals[0].votes] == ["anna"]


@pytest.mark.parametrize("settings", [None, b"title: [\n", b"format: 1\ntitle: T\n"])
def test_without_settings_there_is_no_manifesto(settings):
    files = founded()
    files.pop(paths.MANIFESTO)
    if settings:
        files[paths.MANIFESTO] = settings
    with pytest.raises(BadInput) as raised:
        snapshot.assemble(files)
    assert raised.value.code == "no-manifesto"
    assert raised.value.hint


def test_a_part_can_be_read_without_settings():
    assembly = snapshot.assemble_part(vote_file("anna"))
    assert [vote.voter for vote in assembly.proposals[0].votes] == ["anna"]


def test_missing_rules_are_told_and_the_ready_ones_taken():
    files = founded()
    del files[paths.RULES]
    assert codes(snapshot.assemble(files)) == {(paths.RULES, "no-rules")}


def test_a_missing_text_is_told():
    files = founded()
    del files["manifesto/01-open.md"]
    assert codes(snapshot.assemble(files)) == {(paths.MANIFESTO, "text-missing")}


def test_a_text_that_is_not_utf_8_is_kept_out_with_its_place():
    files = founded() | {"manifesto/01-open.md": b"fine\nnot \xff\n"}
    assembly = snapshot.assemble(files)
    assert [str(p.place) for p in assembly.problems] == ["manifesto/01-open.md:2:5"]
    assert assembly.text.documents == ()


def test_a_text_comes_back_byte_for_byte():
    odd = "# A\r\n\r\nb\u202e \t\r\n\n\n".encode()
    files = founded() | {"manifesto/01-open.md": odd}
    assert snapshot.assemble(files).text.sources["manifesto/01-open.md"].encode() == odd


def test_a_text_outside_the_manifestos_folder(repo):
    settings = b"format: 1\ntitle: T\ntext: [docs/a.md, README.md]\n"
    texts = {"docs/a.md": b"# A\n", "README.md": b"# B\n"}
    files = founded() | texts | {paths.MANIFESTO: settings}
    tip = commit(repo, files, "Found", None)
    wanted = {"docs/a.md": "# A\n", "README.md": "# B\n"}
    assert snapshot.read_assembly(repo, tip).text.sources == wanted
    assert snapshot.read_worktree(repo).text.sources == wanted


def test_links_programs_and_strangers_are_told_and_never_followed(repo, git):
    commit(repo, founded(), "Found", None)
    folder = repo.work_tree / FOLDER / "votes"
    folder.mkdir(parents=True)
    (folder / "anna.yaml").symlink_to("/etc/hostname")
    (folder / "ben.yaml").write_bytes(next(iter(vote_file("ben").values())))
    (folder / "ben.yaml").chmod(0o755)
    (folder / "Notes.txt").write_text("hello")
    git(repo.work_tree, "add", ".")
    git(repo.work_tree, "commit", "--quiet", "-m", "Odd files")
    assembly = snapshot.read_assembly(repo, repo.head())
    assert codes(assembly) == {
        (f"{FOLDER}/votes/anna.yaml", "not-a-plain-file"),
        (f"{FOLDER}/votes/ben.yaml", "not-a-plain-file"),
        (f"{FOLDER}/votes/Notes.txt", "unknown-file"),
    }
    assert all(not proposal.votes for proposal in assembly.proposals)


def test_a_blob_over_four_mebibytes_is_told_and_not_read(repo):
    large = founded() | {"manifesto/01-open.md": b"x" * (5 << 20)}
    tip = commit(repo, large, "Found", None)
    assert codes(snapshot.read_assembly(repo, tip)) >= {("manifesto/01-open.md", "file-too-large")}


def test_a_lost_object_is_one_sentence(repo):
    tip = commit(repo, founded(), "Found", None)
    blob = repo.run(("rev-parse", f"{tip}:{paths.RULES}")).decode().strip()
    (repo.git_dir / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Exception, match="lost the object") as raised:
        snapshot.read_assembly(repo, tip)
    assert raised.value.code == "object-missing"


def test_the_text_is_read_at_many_commits_as_at_each(repo):
    names = ("manifesto/01-open.md", "README.md", "manifesto/two words.md")
    versions = [
        {"manifesto/01-open.md": b"# One\n"},
        {"manifesto/01-open.md": b"# Two\n", "README.md": b"", "docs/x.md": b"# No\n"},
        {"manifesto/two words.md": "# Drei \u00e4\n".encode(), "README.md": b"\xff"},
    ]
    tip, commits = None, []
    for version in versions:
        tip = commit(repo, version, "Write", tip)
        commits.append(tip)
    texts = list(snapshot.read_texts_at(repo, commits, names))
    assert [text.sources for text in texts] == [
        {"manifesto/01-open.md": "# One\n"},
        {"manifesto/01-open.md": "# Two\n", "README.md": ""},
        {"manifesto/01-open.md": "# Two\n", "manifesto/two words.md": "# Drei \u00e4\n"},
    ]
    assert texts == [snapshot.read_text_at(repo, each, names) for each in commits]
    assert list(snapshot.read_texts_at(repo, commits, ())) == [read_text({})] * 3
    with pytest.raises(Unavailable):
        snapshot.read_text_at(repo, "HEAD", names)


def test_a_link_or_a_folder_in_the_place_of_a_text_is_no_text(repo):
    tip = commit(repo, {"manifesto/01-open.md": b"# One\n", "a.md/b": b"x"}, "Write", None)
    link = repo.run(("hash-object", "-w", "--stdin"), b"01-open.md").decode().strip()
    tree = f"120000 blob {link}\ta.md\n100755 blob {link}\tb.md\n".encode()
    root = repo.run(("mktree",), tree).decode().strip()
    odd = repo.run(("commit-tree", "-m", "Odd", root)).decode().strip()
    for each in (tip, odd):
        names = ("a.md", "b.md", "manifesto/none.md", "none/none.md")
        assert snapshot.read_text_at(repo, each, names).sources == {}
