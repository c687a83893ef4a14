"""Attacks on record files as files: they are written once and stay as they are."""

from attacks.catalogue import attack
from attacks.stage import RULES, SETTINGS, TEXT, Stage, folder, vote_path
from manifesto_tui.record import layout

BEA = vote_path("k7f3", "bea")


@attack("record-edited", base="decided")
def vote_edited(stage: Stage) -> None:
    """A vote is edited after the decision."""
    stage.edit(BEA, "choice: for", "choice: against")
    stage.commit()


@attack("record-edited")
def ballot_edited(stage: Stage) -> None:
    """The closing time of a ballot is edited while people vote."""
    stage.edit(f"{folder('k7f3')}/ballot.yaml", "closes: 2026-11-27", "closes: 2026-12-27")
    stage.commit()


@attack("record-edited", base="decided")
def edit_hidden_by_attributes(stage: Stage) -> None:
    """A vote is edited, and .gitattributes hide the difference."""
    stage.write(".gitattributes", "proposals/** -diff linguist-generated\n")
    stage.edit(BEA, "choice: for", "choice: against")
    stage.commit()


@attack("record-edited")
def line_ends_rewritten(stage: Stage) -> None:
    """The line ends of a vote are rewritten, as a careless tool might."""
    stage.write(BEA, stage.read(BEA).replace("\n", "\r\n"))
    stage.commit()


@attack("record-deleted", base="decided")
def vote_deleted(stage: Stage) -> None:
    """A vote is deleted after the decision."""
    stage.remove(BEA)
    stage.commit()


@attack("record-deleted")
def ballot_deleted(stage: Stage) -> None:
    """A ballot that goes badly is deleted."""
    stage.remove(f"{folder('k7f3')}/ballot.yaml")
    stage.commit()


@attack("record-deleted", base="decided")
def vote_lost_in_a_merge(stage: Stage) -> None:
    """A merge leaves out a vote that its other side has."""
    stage.git("checkout", "-q", "-b", "aside", "HEAD~1")
    stage.vote("k7f3", "dov")
    stage.git("checkout", "-q", "main")
    stage.git("merge", "-q", "--no-ff", "--no-commit", "aside")
    path = vote_path("k7f3", "dov")
    stage.git("rm", "-qf", path)
    stage.commit()


@attack("record-renamed", base="decided")
def vote_renamed(stage: Stage) -> None:
    """A vote is renamed to another member's name."""
    stage.git("mv", BEA, vote_path("k7f3", "dov"))
    stage.commit()


@attack("record-mode")
def vote_as_a_link(stage: Stage) -> None:
    """A vote is a symbolic link to another one."""
    path = stage.folder / vote_path("k7f3", "dov")
    path.symlink_to("bea.yaml")
    stage.commit("dov")


@attack("record-mode")
def vote_made_executable(stage: Stage) -> None:
    """A vote becomes executable."""
    (stage.folder / BEA).chmod(0o755)
    stage.commit()


@attack("record-mode")
def submodule_in_the_record(stage: Stage) -> None:
    """A submodule stands where the votes of an amendment would be."""
    place = f"{folder('p4wd')}/votes"
    stage.git("update-index", "--add", "--cacheinfo", f"160000,{stage.head},{place}")
    stage.git("commit", "-qm", "Made by hand")


@attack("record-mode")
def votes_folder_as_a_link(stage: Stage) -> None:
    """The folder of an amendment's votes is a link to another ballot's."""
    (stage.folder / folder("p4wd") / "votes").symlink_to("../k7f3-made-up/votes")
    stage.commit()


@attack("record-mode")
def rules_as_a_link(stage: Stage) -> None:
    """The rules become a link to a file outside the repository."""
    stage.remove(RULES)
    (stage.folder / RULES).symlink_to("/etc/hostname")
    stage.commit()


@attack("path-unknown")
def twin_of_a_vote_by_case(stage: Stage) -> None:
    """A vote stands under a name that differs in its capitals alone."""
    stage.write(vote_path("k7f3", "Bea"), stage.read(BEA))
    stage.commit("bea")


@attack("path-unknown")
def name_that_git_reads_as_an_option(stage: Stage) -> None:
    """A file in the record is named like an option of a command."""
    stage.write(f"{folder('k7f3')}/votes/--output=x.yaml", stage.read(BEA))
    stage.commit("bea")


@attack("path-unknown")
def name_with_escapes(stage: Stage) -> None:
    """A file's name holds a line end, an escape and a right-to-left mark."""
    stage.write(f"{folder('k7f3')}/votes/a\n\x1b[2J\u202eb.yaml", "x")
    stage.commit("bea")


@attack("unreadable")
def alias_bomb(stage: Stage) -> None:
    """A vote is YAML that grows without end when it is read."""
    bomb = 'a: &a ["x","x"]\n' + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    stage.write(vote_path("k7f3", "dov"), bomb)
    stage.commit("dov")


@attack("unreadable")
def vote_of_five_megabytes(stage: Stage) -> None:
    """A vote is so large that it would fill the memory of whoever reads it."""
    stage.write(vote_path("k7f3", "dov"), "# " + "x" * 5_000_000 + "\n")
    stage.commit("dov")


@attack("unreadable")
def key_given_twice(stage: Stage) -> None:
    """A vote names two choices under one key."""
    stage.write(
        vote_path("k7f3", "dov"), stage.read(BEA).replace("bea", "dov") + "choice: against\n"
    )
    stage.commit("dov")


@attack("unreadable")
def rules_made_unreadable(stage: Stage) -> None:
    """The rules are made unreadable, so that others might be taken."""
    stage.write(RULES, "format: 1\n\tname: simple\n")
    stage.commit()


@attack("manifesto-deleted")
def settings_deleted(stage: Stage) -> None:
    """The manifesto's settings are deleted."""
    stage.remove(SETTINGS, f"{SETTINGS}.sig")
    stage.commit()


@attack("comment-removed")
def comment_taken_away(stage: Stage) -> None:
    """A comment is taken away, as the law may require."""
    from manifesto_tui.governance.amendment import Comment

    path = f"{folder('p4wd')}/comments/20261120t100000z-cem.yaml"
    stage.record(path, Comment("cem", "2026-11-20T10:00:00Z", "Words."), "cem")
    stage.remove(path, f"{path}.sig")
    stage.commit()


@attack("roll-deleted")
def member_deleted(stage: Stage) -> None:
    """A member's file is deleted rather than retired."""
    stage.remove(layout.member_path("eve"))
    stage.commit()


@attack("text-unreadable")
def text_as_a_link(stage: Stage) -> None:
    """A file of the text becomes a link."""
    stage.remove(TEXT)
    (stage.folder / TEXT).symlink_to("/etc/hostname")
    stage.commit()


@attack("record-edited", "record-edited")
def votes_united_line_by_line(stage: Stage) -> None:
    """.gitattributes have git unite two votes of one member line by line, into one file."""
    stage.write(".gitattributes", "proposals/** merge=union\n")
    stage.commit()
    path = vote_path("k7f3", "dov")
    stage.git("checkout", "-q", "-b", "aside")
    stage.vote("k7f3", "dov", "against", signer="")
    stage.git("checkout", "-q", "main")
    stage.vote("k7f3", "dov", "for", signer="")
    stage.git("merge", "-q", "--no-ff", "-m", "Unite", "aside")
    assert stage.read(path).count("choice: ") == 2


@attack("path-unknown")
def file_where_votes_would_be(stage: Stage) -> None:
    """A file stands where the votes of an amendment would be, so that nobody can vote."""
    stage.write(f"{folder('p4wd')}/votes", "None.\n")
    stage.commit()


@attack("path-unknown", "path-unknown")
def name_that_reads_as_another(stage: Stage) -> None:
    """A vote stands under a name that some systems take for another's: accents apart."""
    stage.write(vote_path("k7f3", "be\u0301a"), "choice: for\n")
    stage.write(vote_path("k7f3", "b\u00e9a"), "choice: against\n")
    stage.commit()


@attack("path-unknown")
def name_of_three_hundred_characters(stage: Stage) -> None:
    """A file's name is longer than a disk can hold, so that a checkout fails."""
    blob = stage.git("hash-object", "-w", "--stdin", stdin=b"choice: for\n").strip()
    entry = f"100644,{blob},{vote_path('k7f3', 'x' * 300)}"
    stage.git("update-index", "--add", "--cacheinfo", entry)
    stage.git("commit", "-qm", "A long name")


@attack("unreadable")
def vote_in_another_encoding(stage: Stage) -> None:
    """A vote is UTF-16, which some readers take for words and others for none."""
    words = stage.vote_of("k7f3", "dov")
    path = vote_path("k7f3", "dov")
    stage.write(path, words)
    data = (stage.folder / path).read_text(encoding="utf-8").encode("utf-16")
    (stage.folder / path).write_bytes(data)
    stage.sign(path, "dov")
    stage.commit("dov")


@attack("unreadable")
def vote_with_a_nul_in_it(stage: Stage) -> None:
    """A vote holds a NUL, where some readers end."""
    path = vote_path("k7f3", "dov")
    stage.write(path, stage.vote_of("k7f3", "dov"))
    data = (stage.folder / path).read_bytes()
    (stage.folder / path).write_bytes(data + b"\0choice: against\n")
    stage.sign(path, "dov")
    stage.commit("dov")
