"""The version stands in one place."""

from importlib.metadata import version

import manifesto_tui


def test_the_installed_version_is_the_one_in_the_source():
    assert version("manifesto-tui") == manifesto_tui.__version__
