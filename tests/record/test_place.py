"""Naming the shared place: which addresses are let through, and which places fit."""

from pathlib import Path

import pytest

from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused, Unavailable
from manifesto_tui.record import sync as together
from manifesto_tui.record.beginning import begin
from manifesto_tui.record.git import Repository
from manifesto_tui.record.place import address_of, name_place, read_address
from manifesto_tui.record.running import execute

HOME = {"HOME": "/home/ida"}


@pytest.mark.parametrize(
    "said",
    [
        "https://example.org/trust/manifesto.git",
        "https://example.org:8443/m",
        "ssh://git@example.org/srv/manifesto.git",
        "ssh://example.org:2222/srv/m",
        "ssh://[::1]/srv/m",
        "git@example.org:trust/manifesto.git",
        "example.org:manifesto.git",
    ],
)
def test_an_address_of_a_host_is_taken_as_it_is(said):
    assert read_address(f" {said}\n", Path("/x"), HOME) == said


@pytest.mark.parametrize(
    ("said", "folder"),
    [
        ("/srv/our place.git", "/srv/our place.git"),
        ("./m.git", "/x/y/m.git"),
        ("../m.git", "/x/m.git"),
        ("~/m.git", "/home/ida/m.git"),
        ("file:///srv/m.git", "/srv/m.git"),
    ],
)
def test_a_folder_is_written_from_the_root_from_here_or_from_home(said, folder):
    assert read_address(said, Path("/x/y"), HOME) == Path(folder)


@pytest.mark.parametrize(
    "said",
    [
        *("", "-", "--upload-pack=touch x", "-oProxyCommand=x", "manifesto", "github.com/a/b"),
        *("ext::sh -c touch% x", "fd::17", "persistent-https::x", "ext::https://x/y"),
        *("ssh://-oProxyCommand=x/y", "ssh://git@-x/y", "-x@host:y", "git@-host:y"),
        *("host:-oProxyCommand=x", "git@host::x", "https://example.org", "https://example.org/"),
        *("https://example.org/a b", "https://example.org/a\nb", "https://exam\u200bple.org/a"),
        *("/srv/a\x1b[31m", "http://example.org/m", "git://example.org/m", "ftp://example.org/m"),
        *(
            "file://host/m",
            "file://-x",
            "sftp://example.org/m",
            "https://exa;mple/m",
            "~/x",
            "~a/x",
        ),
    ],
)
def test_what_git_should_not_be_given_is_refused(said):
    with pytest.raises(BadInput) as refused:
        read_address(said, Path("/x"), {})
    assert refused.value.code == "address-unfit"


@pytest.mark.parametrize(
    "said",
    ["https://ida:secret@example.org/m", "https://token@example.org/m", "ssh://i:s@example.org/m"],
)
def test_an_address_with_a_secret_is_refused_and_one_that_is_there_is_not_told(said, alone):
    with pytest.raises(BadInput) as refused:
        read_address(said, Path("/x"), HOME)
    assert refused.value.code == "address-open"
    alone.configure("remote.origin.url", "https://ida:secret@example.org/m\x1b")
    assert address_of(alone) == "https://ida:…@example.org/m⟦U+001B⟧"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"}


def begun(folder: Path, environment: dict[str, str], words: str) -> Repository:
    repo = begin(folder, environment)
    for key, value in (("user.name", "Ida Made-Up"), ("user.email", "ida@example.org")):
        repo.configure(key, value)
    (folder / "a.md").write_text(words)
    repo.run(("add", "a.md"))
    repo.run(("commit", "-qm", words))
    return repo


@pytest.fixture
def alone(tmp_path: Path, environment: dict[str, str]) -> Repository:
    return begun(tmp_path / "clone", environment, "ours")


@pytest.mark.parametrize("is_there", [False, True])
def test_an_empty_folder_is_made_ready_and_takes_what_is_sent(
    alone, tmp_path, environment, is_there
):
    folder = tmp_path / "shared disk" / "manifesto.git"
    folder.parent.mkdir()
    if is_there:
        folder.mkdir()
        folder.chmod(0o2775)
    name_place(alone, folder)
    assert address_of(alone) == str(folder)
    assert together.unsent(alone) == 1
    assert together.sync(alone).sent == 1
    # Named anew it is the same; and others have it from there by the branch that it is.
    name_place(alone, folder)
    assert execute(("clone", "-q", "--", str(folder), "other"), environment, tmp_path).status == 0
    assert (tmp_path / "other" / "a.md").read_text() == "ours"
    assert bool((folder / "objects").stat().st_mode & 0o020) is is_there
    assert [each.name for each in folder.parent.iterdir()] == ["manifesto.git"]


def test_a_place_where_something_was_sent_stays(alone, tmp_path):
    name_place(alone, tmp_path / "wrong.git")
    name_place(alone, tmp_path / "one.git")
    together.sync(alone)
    with pytest.raises(Refused) as refused:
        name_place(alone, tmp_path / "two.git")
    assert refused.value.code == "place-named"
    assert address_of(alone) == str(tmp_path / "one.git")
    assert not (tmp_path / "two.git").exists()


def test_another_place_is_not_held_to_what_the_former_one_held(alone, tmp_path):
    name_place(alone, tmp_path / "one.git")
    together.sync(alone)
    alone.run(("remote", "remove", "origin"))
    name_place(alone, tmp_path / "two.git")
    assert together.sync(alone).sent == 1


def test_what_holds_this_record_is_taken_and_another_record_is_not(alone, tmp_path, environment):
    name_place(alone, tmp_path / "hub.git")
    together.sync(alone)
    other = begun(tmp_path / "other", environment, "theirs")
    with pytest.raises(Refused) as refused:
        name_place(other, tmp_path / "hub.git")
    assert refused.value.code == "unrelated"
    assert address_of(other) == ""
    other.run(("fetch", "-q", str(tmp_path / "clone"), "main"))
    other.run(("reset", "-q", "--hard", "FETCH_HEAD"))
    name_place(other, tmp_path / "hub.git")
    assert together.sync(other).sent == 0


def test_a_folder_that_is_no_place_to_share_is_left_as_it_is(alone, tmp_path, environment):
    begin(tmp_path / "worked in", environment)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "file").touch()
    before = sorted(map(str, tmp_path.rglob("*")))
    for name in ("clone/sub", "clone", "worked in", "full", "file", "file/x", "nowhere/at.git"):
        with pytest.raises(ManifestoError) as refused:
            name_place(alone, tmp_path / name)
        assert refused.value.code in ("place-unfit", "disk"), name
    assert sorted(map(str, tmp_path.rglob("*"))) == before
    assert address_of(alone) == ""


def test_a_place_that_cannot_be_reached_is_not_named(alone, tmp_path):
    (tmp_path / "broken" / "objects").mkdir(parents=True)
    (tmp_path / "broken" / "HEAD").touch()
    with pytest.raises(Unavailable) as failed:
        name_place(alone, tmp_path / "broken")
    assert failed.value.code == "no-network"
    assert "Look whether the address is right" in failed.value.hint
    assert address_of(alone) == ""


def test_where_nothing_is_recorded_nothing_is_named(tmp_path, environment):
    with pytest.raises(Refused) as refused:
        name_place(begin(tmp_path / "new", environment), tmp_path / "m.git")
    assert refused.value.code == "nothing-to-sync"
