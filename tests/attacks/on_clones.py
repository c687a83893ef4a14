"""Attacks on a clone and on a branch: on what git shows, and on what was known before."""

from attacks.catalogue import Push, attack, judge
from attacks.stage import SETTINGS, Stage, vote_path
from manifesto_tui.record import milestones


@attack("replaced-objects", base="decided")
def replaced_object(stage: Stage) -> None:
    """The clone shows another vote in the place of one."""
    vote, other = (
        stage.git("rev-parse", f"HEAD:{vote_path('k7f3', name)}").strip() for name in ("bea", "ada")
    )
    stage.git("replace", vote, other)


@attack("grafted", base="decided")
def grafts(stage: Stage) -> None:
    """A graft cuts a commit from its parents."""
    stage.write(".git/info/grafts", f"{stage.head}\n")


@attack("shallow-clone", base="decided")
def shallow_clone(stage: Stage) -> None:
    """A clone holds only the latest commit, and cannot prove anything."""
    place = stage.folder.parent / "shallow"
    stage.git("clone", "-q", "--depth=1", f"file://{stage.folder}", str(place))
    stage.folder = place


@attack("founded-twice", base="decided")
def second_root(stage: Stage) -> None:
    """A history with a manifesto and a roll of its own is merged in."""
    stage.git("checkout", "-q", "--orphan", "aside")
    stage.edit(SETTINGS, "title: A made-up manifesto", "title: Another manifesto")
    stage.commit("mallory")
    stage.git("checkout", "-q", "main")
    stage.git("merge", "-q", "--no-ff", "--allow-unrelated-histories", "-s", "ours", "aside")


@attack("vote-not-on-the-roll")
def second_root_with_a_vote(stage: Stage) -> None:
    """A history without a manifesto is merged in, and brings a stranger's vote."""
    vote = stage.vote_of("k7f3", "mallory")
    stage.git("checkout", "-q", "--orphan", "aside")
    stage.git("rm", "-qrf", ".")
    stage.write(vote_path("k7f3", "mallory"), vote)
    stage.commit("mallory")
    stage.git("checkout", "-q", "main")
    stage.git("merge", "-q", "--no-ff", "--allow-unrelated-histories", "aside")


@attack("tip-lost", base="decided")
def history_rewritten(stage: Stage) -> None:
    """The history no longer contains the last tip that this clone verified."""
    assert judge(stage).verdict == "PROVED"
    stage.git("commit", "-q", "--amend", "-m", "Otherwise")


@attack("not-founded", base="empty")
def no_manifesto(stage: Stage) -> None:
    """There is a text, and no manifesto was founded."""
    stage.write("README.md", "# Words\n")
    stage.commit()


@attack("memory-altered", base="decided")
def memory_altered(stage: Stage) -> None:
    """What the clone remembers as proved is altered in git's folder."""
    judge(stage)
    path = milestones.listed(stage.repository)[0].path
    path.write_bytes(path.read_bytes()[:-1] + b"x")


@attack("push-not-forward", base="decided")
def pushed_over(stage: Stage) -> Push:
    """A push drops a decision that was on the branch."""
    old = stage.head
    stage.git("reset", "-q", "--hard", "HEAD~1")
    stage.vote("k7f3", "dov")
    return old, stage.head


@attack("push-deletes", base="decided")
def branch_deleted(stage: Stage) -> Push:
    """A push deletes the branch that holds the record."""
    return stage.head, "0" * 40


@attack("push-unknown", base="decided")
def unknown_file_pushed(stage: Stage) -> Push:
    """A push brings a file in the record's folders that nothing allows."""
    old = stage.head
    stage.write("manifesto/what.bin", "x")
    return old, stage.commit()


@attack("push-unknown", base="decided")
def unknown_file_pushed_among_votes(stage: Stage) -> Push:
    """A push brings a file among the votes that nothing allows, and that verify would ignore."""
    old = stage.head
    stage.write(vote_path("k7f3", "bea").replace("bea.yaml", "Bea.yaml"), "choice: for\n")
    return old, stage.commit()


@attack("record-edited", base="decided")
def forged_push(stage: Stage) -> Push:
    """A push edits a vote."""
    old = stage.head
    stage.edit(vote_path("k7f3", "bea"), "choice: for", "choice: against")
    return old, stage.commit()


@attack("not-proved-before", base="decided")
def push_upon_a_forgery(stage: Stage) -> Push:
    """An honest push follows one that edited a vote."""
    stage.edit(vote_path("k7f3", "bea"), "choice: for", "choice: against")
    forged = stage.commit()
    stage.write("README.md", "Nobody's business.\n")
    return forged, stage.commit()
