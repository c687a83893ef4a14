"""Repositories that somebody prepared: nothing of theirs runs, nothing is written elsewhere."""

import os
import subprocess
from pathlib import Path

import pytest

from manifesto_tui.governance.paths import MANIFESTO, RULES
from manifesto_tui.governance.problem import ManifestoError, Unavailable
from manifesto_tui.record import disk, history, log, snapshot, tags
from manifesto_tui.record.commit import Act, commit, commit_all
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import Entry
from record.made import FOLDER, TEXT, files_at, founded, vote_file


@pytest.fixture
def tip(repo):
    return commit(repo, founded(), "Found", None)


@pytest.fixture
def trap(tmp_path):
    """A program that leaves a trace where it is run."""
    program, trace = tmp_path / "program", tmp_path / "trace"
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(0o755)
    return program, trace


def test_what_a_tag_says_is_one_line_whatever_is_in_it(repo, tip, git):
    git(repo.work_tree, "tag", "-a", "-m", "Edition\u2028one\x85two", "edition-1.0.0")
    assert [(tag.name, tag.is_ours) for tag in tags.tags(repo)] == [("edition-1.0.0", False)]


def everything(repo):
    """What the program does in a repository: opens, reads, writes, replays."""
    found = Repository.discover(repo.work_tree, repo.environment)
    assembly = snapshot.read_assembly(found, found.head())
    assert assembly.problems is not None
    snapshot.read_worktree(found)
    handle = f"m{len(list(files_at(found, found.head())))}"
    commit(found, vote_file(handle), "Vote", found.head())
    for _ in history.deltas(found):
        pass
    log.anchors(found)
    log.entries(found)
    return snapshot.read_assembly(found, found.head())


def import_tree(repo, entries, branch="main"):
    """Commits tree entries that no git would add: (mode, path, bytes or id)."""
    parts = [f"commit refs/heads/{branch}\ncommitter x <x> 0 +0000\ndata 0\n"]
    parts.append(f"from {repo.head()}\n")
    for mode, path, data in entries:
        quoted = '"' + "".join(f"\\{byte:03o}" for byte in os.fsencode(path)) + '"'
        if mode == "160000":
            parts.append(f"M 160000 {data} {quoted}\n")
        else:
            parts.append(f"M {mode} inline {quoted}\ndata {len(data)}\n{data}\n")
    stream = "".join(parts).encode()
    environment = {**repo.environment}
    command = ["git", "fast-import", "--quiet"]
    subprocess.run(command, input=stream, cwd=repo.work_tree, env=environment, check=True)


def test_programs_in_configuration_and_attributes_do_not_run(repo, tip, git, trap):
    program, trace = trap
    included = repo.git_dir / "more"
    included.write_text(f"[core]\n\tfsmonitor = {program}\n\tsshCommand = {program}\n")
    for key in (
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.alternateRefsCommand",
        "core.gitProxy",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "gpg.program",
        "gpg.ssh.program",
        "pager.log",
        "sequence.editor",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
        "credential.helper",
    ):
        git(repo.work_tree, "config", key, str(program))
    git(repo.work_tree, "config", "include.path", str(included))
    git(repo.work_tree, "config", "log.showSignature", "true")
    (repo.git_dir / "info").mkdir(exist_ok=True)
    attributes = "* diff=evil filter=evil merge=evil ident\n"
    (repo.git_dir / "info" / "attributes").write_text(attributes)
    (repo.work_tree / ".gitattributes").write_text(attributes)
    for hook in ("reference-transaction", "post-index-change", "post-checkout", "pre-auto-gc"):
        (repo.git_dir / "hooks").mkdir(exist_ok=True)
        (repo.git_dir / "hooks" / hook).symlink_to(program)
    everything(repo)
    assert not trace.exists()


@pytest.mark.parametrize("name", ["evil", "Evil.more", "\udcff"])
@pytest.mark.parametrize("way", ["clean", "process"])
def test_a_file_as_young_as_its_index_is_looked_into_by_no_program(repo, tip, git, trap, way, name):
    program, trace = trap
    # Written by hand, since git takes no command with such bytes.
    section = f'\n[filter "{name}"]\n\t{way} = {program}\n\trequired\n'
    with (repo.git_dir / "config").open("ab") as file:
        file.write(os.fsencode(section))
    (repo.work_tree / "own.bin").write_bytes(b"x" * (disk.LARGEST + 1))
    git(repo.work_tree, "add", "own.bin")
    git(repo.work_tree, "commit", "-qm", "Add own.bin")
    found = Repository.discover(repo.work_tree, repo.environment)
    moment = (1_700_000_000,) * 2
    young = [repo.work_tree / path for path in ("own.bin", *founded())]
    for path in young:
        os.utime(path, moment)
    git(repo.work_tree, "update-index", "--refresh")
    (repo.git_dir / "info").mkdir(exist_ok=True)
    (repo.git_dir / "info" / "attributes").write_bytes(os.fsencode(f"* filter={name}\n"))
    small = Entry("100644", git(repo.work_tree, "rev-parse", f"HEAD:{MANIFESTO}").strip())
    for files in ({MANIFESTO: b"Another.\n"}, {"own.bin": small}):
        os.utime(repo.git_dir / "index", moment)
        commit_all(found, (Act(files, "Edit"),), found.head())
        assert not trace.exists()


def test_what_is_missing_is_fetched_by_no_program_of_the_repositorys_own(repo, tip, git, trap):
    program, trace = trap
    program.write_text(f"#!/bin/sh\ntouch {trace}\nexit 1\n")
    blob = git(repo.work_tree, "rev-parse", f"{tip}:{RULES}").strip()
    (repo.git_dir / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "evil"),
        ("remote.evil.promisor", "true"),
        ("remote.evil.url", "ssh://nobody@localhost:1/x"),
        ("core.sshCommand", str(program)),
    ):
        git(repo.work_tree, "config", key, value)
    fresh = Repository.discover(repo.work_tree, repo.environment)
    with pytest.raises(Unavailable) as raised:
        snapshot.read_assembly(fresh, tip)
    assert raised.value.code == "object-missing"
    assert not trace.exists()


def test_settings_of_git_hide_nothing_of_the_history(repo, tip, git):
    key = "manifesto/roll/anna.yaml"
    commit(repo, {key: None}, "Für später", tip)
    commit(repo, {key: founded()[key]}, "Again", repo.head())
    told = [(delta.commit, delta.parents) for delta in history.deltas(repo)]
    for name, value in (
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.diffMerges", "off"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
    ):
        git(repo.work_tree, "config", name, value)
    fresh = Repository.discover(repo.work_tree, repo.environment)
    assert log.founding(fresh, fresh.head()) == tip
    assert [(delta.commit, delta.parents) for delta in history.deltas(fresh)] == told
    assert log.entries(fresh)[1].subject == "Für später"


@pytest.mark.parametrize(
    "damaged", [b"100644 x", b"100644 01-open.md\0short", b"x y\0" + b"i" * 20]
)
def test_a_damaged_folder_is_one_sentence(repo, tip, damaged):
    def made(*command, data):
        run = ["git", *command]
        done = subprocess.run(
            run, input=data, cwd=repo.work_tree, env={**repo.environment}, stdout=subprocess.PIPE
        )
        return done.stdout.decode().strip()

    literally = ("hash-object", "-w", "--stdin", "--literally", "-t")
    folder = made(*literally, "tree", data=damaged)
    root = made(*literally, "tree", data=b"40000 manifesto\0" + bytes.fromhex(folder))
    above = made("commit-tree", root, data=b"Odd")
    with pytest.raises(Unavailable) as raised:
        snapshot.read_text_at(repo, above, ("manifesto/01-open.md",))
    assert raised.value.code == "object-missing"


def test_an_embedded_bare_repository_is_not_entered(repo, tip, git, trap):
    program, trace = trap
    git(repo.work_tree, "init", "--quiet", "--bare", "docs")
    git(repo.work_tree / "docs", "config", "core.fsmonitor", str(program))
    with pytest.raises(Unavailable) as raised:
        Repository.discover(repo.work_tree / "docs", repo.environment)
    assert raised.value.code == "bare-repository"
    assert not trace.exists()


def test_replaced_objects_are_not_believed(repo, tip, git):
    (repo.work_tree / "x").write_text("# Other\n")
    other = git(repo.work_tree, "hash-object", "-w", "x").strip()
    (repo.work_tree / "x").unlink()
    blob = git(repo.work_tree, "rev-parse", f"{tip}:manifesto/01-open.md").strip()
    git(repo.work_tree, "replace", blob, other)
    fresh = Repository.discover(repo.work_tree, repo.environment)
    assert snapshot.read_assembly(fresh, tip).text.sources["manifesto/01-open.md"] == TEXT.decode()


def test_grafts_are_an_alarm(repo, tip):
    (repo.git_dir / "info").mkdir(exist_ok=True)
    (repo.git_dir / "info" / "grafts").write_text(f"{tip}\n")
    with pytest.raises(ManifestoError) as raised:
        next(history.deltas(repo))
    assert raised.value.code == "grafted"


def test_a_mailmap_changes_nobodys_name(repo, tip):
    (repo.work_tree / ".mailmap").write_text("Somebody Else <e@x> <made-up@example.org>\n")
    assert next(history.deltas(repo)).author == "Made-up Member <made-up@example.org>"
    assert log.entries(repo)[0].author == "Made-up Member <made-up@example.org>"


ODD = [
    f"{FOLDER}/votes/a\nb.yaml",
    f"{FOLDER}/votes/\x1b[31m.yaml",
    f"{FOLDER}/votes/\u202egnp.yaml",
    f"{FOLDER}/votes/-rf.yaml",
    f"{FOLDER}/votes/{'a' * 300}.yaml",
    f"{FOLDER}/votes/ANNA.yaml",
    f"{FOLDER}/votes/anna\u0301.yaml",
    f"{FOLDER}/votes/\udcff.yaml",
    "proposals/2026-99/k7f3-x/ballot.yaml",
    "proposals/readme.md",
    "manifesto/roll/..yaml",
]


@pytest.mark.parametrize("path", ODD)
def test_an_odd_name_is_told_in_clean_words_and_hides_nothing(repo, tip, path):
    commit(repo, vote_file("anna"), "Vote", tip)
    import_tree(repo, [("100644", path, "x")])
    problems = snapshot.read_assembly(repo, repo.head()).problems
    assert problems
    assert all(p.place.path.isprintable() and "\u202e" not in p.place.path for p in problems)
    (proposal,) = snapshot.read_assembly(repo, repo.head()).proposals
    assert [vote.voter for vote in proposal.votes] == ["anna"]
    commit(repo, vote_file("ben"), "Vote", repo.head())
    assert [*history.deltas(repo)]


@pytest.mark.parametrize(
    ("mode", "path", "data"),
    [
        ("120000", "proposals", "/tmp"),
        ("120000", FOLDER, "../../manifesto"),
        ("120000", f"{FOLDER}/votes", "/etc"),
        ("100644", f"{FOLDER}/votes", "x"),
        ("160000", f"{FOLDER}/votes", "1" * 40),
    ],
)
def test_something_else_where_a_folder_should_be(repo, tip, mode, path, data):
    import_tree(repo, [(mode, path, data)])
    assembly = snapshot.read_assembly(repo, repo.head())
    assert all(not proposal.votes for proposal in assembly.proposals)
    assert assembly.problems
    with pytest.raises(ManifestoError) as raised:
        commit(repo, vote_file("anna"), "Vote", repo.head())
    assert raised.value.code == "not-a-plain-file"


def test_a_manifest_that_is_a_link_is_no_manifest(repo, tip):
    import_tree(repo, [("120000", MANIFESTO, "/etc/passwd")])
    with pytest.raises(ManifestoError) as raised:
        snapshot.read_assembly(repo, repo.head())
    assert raised.value.code == "no-manifesto"


def test_a_text_path_that_is_an_option_is_no_option(repo, tip, git):
    settings = b'format: 1\ntitle: T\ntext: ["--output=x.md"]\n'
    commit(repo, {MANIFESTO: settings}, "Odd", tip)
    assembly = snapshot.read_assembly(repo, repo.head())
    assert assembly.text.documents == ()
    assert not (repo.work_tree / "x.md").exists()


@pytest.mark.parametrize("name", ["-x", "--all", "HEAD", "remotes/main"])
def test_branches_named_like_options(repo, tip, name):
    heads = repo.git_dir / "refs" / "heads"
    (heads / name).parent.mkdir(exist_ok=True)
    (heads / name).write_text(f"{tip}\n")
    (repo.git_dir / "HEAD").write_text(f"ref: refs/heads/{name}\n")
    everything(repo)


def test_a_message_with_nul_odd_bytes_and_an_absurd_date(repo, tip, git):
    tree = git(repo.work_tree, "rev-parse", f"{tip}^{{tree}}").strip()
    odd = f"tree {tree}\nparent {tip}\n".encode() + (
        b"author \xff\x1b[31m <\xfe> 99999999999999999 +9999\n"
        b"committer x <x> 99999999999999999 +9999\n\nodd \x1b]52;c;x\x07\xff\n"
    )
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = (
        subprocess.run(
            command, input=odd, cwd=repo.work_tree, env={**repo.environment}, capture_output=True
        )
        .stdout.decode()
        .strip()
    )
    git(repo.work_tree, "update-ref", "refs/heads/main", made)
    everything(repo)
    told = [*history.deltas(repo)][1].author + log.entries(repo)[1].subject
    assert told.isprintable()


def test_a_hundred_megabytes_are_not_held(repo, tip, git):
    with Path(repo.work_tree, "manifesto/big.md").open("wb") as file:
        file.truncate(100 << 20)
    git(repo.work_tree, "add", "manifesto/big.md")
    git(repo.work_tree, "commit", "--quiet", "-m", "Big")
    problems = snapshot.read_assembly(repo, repo.head()).problems
    assert [problem.code for problem in problems] == ["file-too-large"]


def test_a_damaged_index_is_one_sentence(repo, tip):
    (repo.git_dir / "index").write_bytes(b"DIRC nonsense")
    with pytest.raises(ManifestoError) as raised:
        commit(repo, vote_file("anna"), "Vote", tip)
    assert raised.value.sentence.endswith(".")
    assert repo.head() == tip


def test_an_empty_ref_is_one_sentence_or_no_commit(repo, tip):
    (repo.git_dir / "refs" / "heads" / "main").write_bytes(b"")
    fresh = Repository.discover(repo.work_tree, repo.environment)
    with pytest.raises(ManifestoError):
        commit(fresh, vote_file("anna"), "Vote", tip)


def test_an_empty_object_is_one_sentence(repo, tip, git):
    blob = git(repo.work_tree, "rev-parse", f"{tip}:{RULES}").strip()
    file = repo.git_dir / "objects" / blob[:2] / blob[2:]
    file.chmod(0o644)
    file.write_bytes(b"")
    with pytest.raises(ManifestoError) as raised:
        snapshot.read_assembly(repo, tip)
    assert raised.value.sentence.endswith(".")
