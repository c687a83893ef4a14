"""The length of a text is one number, wherever it is told."""

import re

from cli.speaking import TEXT, adopt, settle


def test_raw_html_counts_for_nothing_where_the_length_is_told(tmp_path, monkeypatch):
    speak = settle(tmp_path, monkeypatch)
    adopt(speak, "ada", text=f"{TEXT}\n<p>Set in raw HTML.</p>\n")
    settings = speak.read("manifesto/manifesto.yaml")
    speak.write("manifesto/manifesto.yaml", f"{settings}budget:\n  words: 1\n")
    (allowed,) = re.findall(r"has (\d+) words", speak("check").out)
    assert f"; {allowed} words; commit" in speak.done("show").out
