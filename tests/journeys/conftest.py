"""Gives each journey a folder of its own, a clock, and a made-up identity."""

import pytest

from cli.speaking import settle


@pytest.fixture
def speak(tmp_path, monkeypatch):
    """A speaker in a folder that does not exist yet."""
    return settle(tmp_path, monkeypatch)
