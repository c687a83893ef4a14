"""Gives each test a made-up assembly and a desk at it."""

import os
from datetime import UTC, datetime

import pytest

from cli.speaking import adopt, building, copied, settle
from manifesto_tui.workflow.desk import Desk

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def assembly_once(tmp_path_factory):
    with building(tmp_path_factory.mktemp("assembly")) as speak:
        adopt(speak, "ada", "ben")
        return speak.folder


@pytest.fixture
def speak(assembly_once, tmp_path, monkeypatch):
    """A speaker in an assembly of `ada`, a steward, and `ben`."""
    return copied(assembly_once, settle(tmp_path, monkeypatch))


@pytest.fixture
def sit(speak):
    """Returns a new desk at the assembly, as often as it is called."""

    def sit_down(now=NOW):
        return Desk.open(speak.folder, dict(os.environ), lambda: now)

    return sit_down
