"""`serve` says in a sentence why it cannot."""

import sys

import manifesto_tui.tui


def test_without_its_extra_it_says_how_to_get_it(founded, monkeypatch):
    monkeypatch.delattr(manifesto_tui.tui, "browser", raising=False)
    monkeypatch.delitem(sys.modules, "manifesto_tui.tui.browser", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    said = founded("serve")
    assert said.code == 3
    assert "Serving needs textual-serve, which is not installed." in said.err
    assert "pipx install --force '.[all]'" in said.err


def test_a_port_that_is_none_is_refused(founded):
    said = founded("serve", "--port", "70000")
    assert (said.code, said.out) == (2, "")
    assert "70000 is no port." in said.err


def test_what_is_no_manifesto_is_not_served(speak):
    speak.folder.mkdir()
    said = speak("serve")
    assert said.code == 3
    assert said.out == ""
