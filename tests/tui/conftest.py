"""Sets up the made-up assembly once for each worker, and a copy of it for each test that writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from manifesto_tui.tui.app import ManifestoApp
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
def opened(home: Path, clock: made_up.Clock) -> Iterator[type[Driven]]:
    """Opens the app on a folder: `async with opened(world, size) as app:`."""

    def start(directory: Path, size: tuple[int, int] = (80, 24), **extra: str) -> Driven:
        environment = made_up.environment(home) | extra
        return Driven(ManifestoApp(directory, environment, clock), size)

    yield start  # type: ignore[misc]
