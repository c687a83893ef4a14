"""Sets up the made-up assembly once for each worker, and a copy of it for each test that writes."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from manifesto_tui.tui.app import ManifestoApp
from manifesto_tui.workflow import deciding, editing
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.syncing import sync
from tui import made_up
from tui.driving import Driven


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which git knows a made-up person."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """The made-up assembly; for reading only."""
    directory = tmp_path_factory.mktemp("world") / "manifesto"
    made_up.build(directory, home)
    return directory


@pytest.fixture(autouse=True)
def _without_drafts(request: pytest.FixtureRequest) -> Iterator[None]:
    """Takes away what a test typed into forms of what all of them share."""
    yield
    for name, folder in (("world", ".git"), ("home", ".local/state")):
        if name in request.fixturenames:
            shared = request.getfixturevalue(name) / folder / "manifesto-tui" / "drafts"
            shutil.rmtree(shared, ignore_errors=True)


@pytest.fixture
def own(world: Path, tmp_path: Path) -> Path:
    """A copy of the made-up assembly that the test may change."""
    made_up.copy(world, tmp_path / "manifesto")
    return tmp_path / "manifesto"


@pytest.fixture
def clock() -> made_up.Clock:
    """A clock that stands on the day of the tests."""
    return made_up.Clock(made_up.NOW)


@pytest.fixture
def desk(own: Path, home: Path, clock: made_up.Clock) -> Desk:
    """The desk of alma at that copy."""
    return Desk.open(own, made_up.environment(home), clock)


@pytest.fixture
def rivals(desk: Desk) -> tuple[str, str, str]:
    """A ballot between two texts that nobody voted on: its id, and the amendments' ids."""
    for name, years in (("q3qq", "five"), ("q4qq", "ten")):
        now = f"Services and their teams are funded for {years} years."
        with made_up.fixed_ids(name):
            change = made_up._reword(desk, "Services and", now)
            made_up._propose(desk, "alma", f"Say {years} years", "It is a number.", change)
    with made_up.fixed_ids("z9zz"):
        deciding.open_ballot(desk, ["q3qq", "q4qq"], made_up.NOW + timedelta(days=7))
    return "z9zz", "q3qq", "q4qq"


@pytest.fixture
def opened(home: Path, clock: made_up.Clock) -> Iterator[type[Driven]]:
    """Opens the app on a folder: `async with opened(world, size) as app:`."""

    def start(directory: Path, size: tuple[int, int] = (80, 24), **extra: str) -> Driven:
        environment = made_up.environment(home) | extra
        return Driven(ManifestoApp(directory, environment, clock), size)

    yield start  # type: ignore[misc]


def git(directory: Path, *words: str) -> str:
    command = ["git", "-C", str(directory), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def hub(own: Path, tmp_path: Path) -> Path:
    """A bare repository that the copy of the made-up assembly sends to."""
    hub = tmp_path / "hub.git"
    git(tmp_path, "clone", "-q", "--bare", str(own), str(hub))
    git(own, "remote", "add", "origin", str(hub))
    git(own, "fetch", "-q")
    return hub


@pytest.fixture
def other(hub: Path, tmp_path: Path, home: Path, clock: made_up.Clock) -> Desk:
    """Another member's desk, at another clone."""
    git(tmp_path, "clone", "-q", str(hub), str(tmp_path / "other"))
    git(tmp_path / "other", "config", "manifesto.handle", "alma")
    return Desk.open(tmp_path / "other", made_up.environment(home), clock)


def edited(desk: Desk, now: str) -> dict[str, str]:
    sources = desk.assembly.text.sources
    return {path: s.replace("Suppliers document", now) for path, s in sources.items()}


@pytest.fixture
def apart(own, other) -> Desk:
    """The desk here, at a draft of which another has sent other words than were recorded here."""
    made_up.act_as(other, "bodo")
    editing.save_text(other, edited(other, "Sellers document"), "Say sellers")
    sync(other)
    desk = Desk.open(own, other.environment, other.clock)
    editing.save_text(desk, edited(desk, "Makers document"), "Say makers")
    return desk
