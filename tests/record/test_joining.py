"""Getting the whole record from a shared place into an empty folder."""

from pathlib import Path

import pytest

from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused, Unavailable
from manifesto_tui.record import joining, unreached
from manifesto_tui.record.beginning import MAKING, begin_shared
from manifesto_tui.record.git import Repository
from manifesto_tui.record.joining import fetch_whole
from manifesto_tui.record.place import name_place
from manifesto_tui.record.running import execute
from manifesto_tui.record.sync import sync
from manifesto_tui.record.transfer import Watch
from record.test_place import begun

ATTRIBUTES = "*.md filter=evil ident\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home in which a filter would leave a trace, were it run."""
    (tmp_path / ".gitconfig").write_text(
        f'[filter "evil"]\n\tsmudge = touch {tmp_path}/ran && cat\n\tclean = cat\n'
    )
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"}


@pytest.fixture
def hub(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A shared place that goes by a branch of its own, with a record in it."""
    repo = begun(tmp_path / "first", environment, "Ours $Id$")
    repo.run(("checkout", "-q", "-b", "trunk"))
    (repo.work_tree / "manifesto").mkdir()
    (repo.work_tree / "manifesto" / "manifesto.yaml").write_text("title: Made up\n")
    (repo.work_tree / ".gitattributes").write_text(ATTRIBUTES)
    repo.run(("add", "-A"))
    repo.run(("commit", "-qm", "Found it"))
    begin_shared(tmp_path / "hub", environment, "refs/heads/trunk")
    repo.configure("remote.origin.url", str(tmp_path / "hub"))
    assert sync(repo).sent == 2
    return tmp_path / "hub"


@pytest.mark.parametrize("is_there", [False, True])
def test_all_of_it_is_there_and_goes_on_by_the_same_branch(hub, tmp_path, environment, is_there):
    mine = tmp_path / "deep" / "mine"
    if is_there:
        mine.mkdir(parents=True)
    repo = fetch_whole(mine, hub, environment, Watch())
    assert repo.branch() == "refs/heads/trunk"
    assert (mine / "a.md").read_text() == "Ours $Id$"
    assert sorted(each.name for each in mine.iterdir()) == [
        *(".git", ".gitattributes", "a.md", "manifesto")
    ]
    assert not (tmp_path / "ran").exists()
    assert repo.run(("status", "--porcelain")) == b""
    done = sync(repo)
    assert (done.sent, done.received) == (0, 0)


def test_what_was_interrupted_is_finished_or_swept_up(hub, tmp_path, environment, monkeypatch):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / f"{MAKING}half" / ".git").mkdir(parents=True)

    def stops(repo):
        raise KeyboardInterrupt

    def nothing(folder):
        """As where the process is gone at once."""

    with monkeypatch.context() as killed:
        killed.setattr(joining, "sweep", nothing)
        with pytest.raises(KeyboardInterrupt):
            fetch_whole(mine, hub, environment, Watch(), stops)
    (made,) = (each for each in mine.iterdir() if each.name != f"{MAKING}half")
    (made / "a.md").rename(mine / "a.md")
    fetch_whole(mine, hub, environment, Watch())
    assert sorted(each.name for each in mine.iterdir()) == [
        *(".git", ".gitattributes", "a.md", "manifesto")
    ]
    assert execute(("status", "--porcelain"), environment, mine).out == b""


@pytest.mark.parametrize("is_there", [False, True])
def test_what_fails_leaves_the_folder_as_it_was(hub, tmp_path, environment, is_there):
    begin_shared(tmp_path / "empty", environment, "refs/heads/main")
    bare = begun(tmp_path / "bare", environment, "No manifesto")
    mine = tmp_path / "mine"
    if is_there:
        mine.mkdir()

    def stopped(repo):
        raise BadInput("member-unknown", "Nobody.", "")

    for address, then, code in (
        (tmp_path / "empty", None, "nothing-there"),
        (bare.work_tree, None, "nothing-there"),
        (tmp_path / "nowhere", None, "place-unfit"),
        (tmp_path / "first" / "manifesto", None, "no-network"),
        (hub, stopped, "member-unknown"),
    ):
        given = {} if then is None else {"then": then}
        with pytest.raises(ManifestoError) as failed:
            fetch_whole(mine, address, environment, Watch(), **given)
        assert failed.value.code == code
        if isinstance(failed.value, Unavailable):
            assert failed.value.hint == unreached.LOOK_AGAIN
        assert mine.exists() is is_there
        assert not is_there or not any(mine.iterdir())


def test_a_folder_that_holds_something_is_refused(hub, tmp_path, environment):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()
    for name, code in (
        ("full", "folder-not-empty"),
        ("first", "folder-not-empty"),
        ("first/within", "inside-a-repository"),
        ("file", "not-a-folder"),
    ):
        with pytest.raises((Refused, BadInput)) as refused:
            fetch_whole(tmp_path / name, hub, environment, Watch())
        assert refused.value.code == code
    assert (tmp_path / "full" / "x").exists()


def test_where_the_named_branch_was_never_sent_the_one_that_holds_a_record_is_taken(
    hub, tmp_path, environment
):

    def there(*words):
        assert execute((f"--git-dir={hub}", *words), environment, hub).status == 0

    there("symbolic-ref", "HEAD", "refs/heads/master")
    there("update-ref", "refs/heads/manifesto/kim-1", "trunk")
    there("update-ref", "refs/heads/code", "trunk~1")
    assert fetch_whole(tmp_path / "one", hub, environment, Watch()).branch() == "refs/heads/trunk"
    there("update-ref", "refs/heads/master", "trunk~1")
    assert fetch_whole(tmp_path / "two", hub, environment, Watch()).branch() == "refs/heads/trunk"
    there("update-ref", "refs/heads/second", "trunk")
    with pytest.raises(Refused) as refused:
        fetch_whole(tmp_path / "three", hub, environment, Watch())
    assert refused.value.code == "several-branches"
    assert "second, trunk." in refused.value.sentence
    assert not (tmp_path / "three").exists()


def test_a_record_of_the_other_format_is_shared_and_joined(tmp_path, environment):
    first = tmp_path / "first"
    first.mkdir()
    execute(("init", "-q", "-b", "main", "--object-format=sha256"), environment, first)
    repo = Repository.discover(first, environment)
    repo.configure("user.name", "Ida Made-Up")
    repo.configure("user.email", "ida@example.org")
    (first / "manifesto").mkdir()
    (first / "manifesto" / "manifesto.yaml").write_text("title: Made up\n")
    repo.run(("add", "-A"))
    repo.run(("commit", "-qm", "Found it"))
    name_place(repo, tmp_path / "hub")
    sync(repo)
    mine = fetch_whole(tmp_path / "mine", tmp_path / "hub", environment, Watch())
    assert mine.head() == repo.head()
    assert sync(mine).sent == 0


def test_a_place_of_the_other_format_is_told_as_that(tmp_path, environment):
    other = tmp_path / "other"
    words = ("init", "-q", "--bare", "--object-format=sha256", "other")
    assert execute(words, environment, tmp_path).status == 0
    repo = begun(tmp_path / "first", environment, "Ours")
    repo.configure("remote.origin.url", str(other))
    with pytest.raises(Unavailable) as failed:
        sync(repo)
    assert failed.value.code == "other-format"
