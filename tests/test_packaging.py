"""What stands in the files that set the project up."""

import re
from importlib.metadata import distribution, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import manifesto_tui

ROOT = Path(__file__).parent.parent


def _pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    pins = dict(line.split("==") for line in lines)
    return {str(canonicalize_name(name)): pin for name, pin in pins.items()}


def _needed(name: str, extras: tuple[str, ...], found: set[str]) -> set[str]:
    """Returns every distribution that installing `name` with `extras` brings."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        environments = [{"extra": extra} for extra in ("", *extras)]
        if requirement.marker and not any(map(requirement.marker.evaluate, environments)):
            continue
        dependency = str(canonicalize_name(requirement.name))
        if dependency not in found:
            found.add(dependency)
            _needed(requirement.name, tuple(requirement.extras), found)
    return found


def test_the_installed_version_is_the_one_in_the_source():
    assert version("manifesto-tui") == manifesto_tui.__version__


def test_constraints_are_names_and_versions_only():
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line), line


def test_constraints_pin_everything_that_is_installed():
    assert _needed("manifesto-tui", ("dev",), set()) <= _pinned().keys()
