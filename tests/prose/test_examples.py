"""The examples in the modules' own words are so."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import manifesto_tui.prose as room

MODULES = [f"{room.__name__}.{module.name}" for module in pkgutil.iter_modules(room.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_so(name):
    assert doctest.testmod(import_module(name)).failed == 0
