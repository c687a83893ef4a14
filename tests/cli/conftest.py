"""Gives each test a folder of its own, a clock, and a made-up assembly."""

import pytest

from cli.speaking import TEXT, adopt, building, copied, settle


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """A speaker in a folder that does not exist yet."""
    return settle(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory):
    with building(tmp_path_factory.mktemp("founded")) as speak:
        adopt(speak, "ada", "ben", "cleo", title="A made-up manifesto")
        return speak.folder


@pytest.fixture
def founded(founded_once, speak):
    """An assembly of three made-up members with a text, founded by `ada`."""
    return copied(founded_once, speak)


@pytest.fixture
def proposed(founded):
    """The same, with one amendment filed by `ada`; returns the speaker and the amendment's id."""
    draft = TEXT.replace("It costs nothing.", "It costs nothing, ever.")
    file = founded.write("../draft.md", draft)
    said = founded.done(
        "propose", "--title", "Say ever", "--reason", "To be clear.", "--text", str(file), "--json"
    )
    return founded, said.recorded["message"].split()[1].rstrip(":")
