"""Published files: whole or not at all, never through a link."""

import pytest

from manifesto_tui.governance.problem import BadInput, Refused, Unavailable
from manifesto_tui.workflow.publishing import publish, write_file


def test_a_file_is_never_written_through_a_link(tmp_path):
    target = tmp_path / "target.md"
    target.write_text("Mine.", encoding="utf-8")
    (tmp_path / "link.md").symlink_to(target)
    with pytest.raises(Refused):
        write_file(tmp_path / "link.md", b"New.", replace=True)
    assert target.read_text("utf-8") == "Mine."


def test_nothing_is_written_into_gits_folder(tmp_path):
    (tmp_path / ".git").mkdir()
    with pytest.raises(Refused):
        write_file(tmp_path / ".git" / "config", b"New.")
    (tmp_path / "out").symlink_to(".git")
    with pytest.raises(Refused):
        write_file(tmp_path / "out" / "config", b"New.")
    assert list((tmp_path / ".git").iterdir()) == []


def test_a_file_that_could_not_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(_):
        raise OSError("a made-up fault")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(Unavailable) as refused:
        write_file(tmp_path / "out.md", b"New.")
    assert refused.value.sentence == f"{tmp_path / 'out.md'} cannot be written: a made-up fault."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named_and_not_made(tmp_path):
    with pytest.raises(BadInput) as refused:
        write_file(tmp_path / "missing" / "out.md", b"New.")
    assert refused.value.sentence == f"{tmp_path / 'missing'} is no folder."
    assert list(tmp_path.iterdir()) == []


def test_a_format_that_cannot_show_it_says_so(sit):
    for format_ in ("critic", "fax"):
        with pytest.raises(BadInput) as refused:
            publish(sit(), format_)
        assert refused.value.code == "format"


def test_a_redline_says_what_it_shows_and_of_which_text(sit, speak):
    shown = publish(sit(), "md", redline=("HEAD~1", "HEAD")).decode()
    assert "What changed from HEAD~1 to HEAD, at commit" in shown
