"""Nothing typed is ever lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import drafts
from manifesto_tui.record.beginning import begin
from manifesto_tui.record.drafts import Draft
from manifesto_tui.record.git import Repository


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"}
    return begin(tmp_path / "clone", environment)


def draft(**given: str) -> Draft:
    known = {"handle": "made-up", "purpose": "amendment", "target": "open-2", "base": "0" * 40}
    return Draft(**{**known, "agreed": "Before.", "text": "After.", **given})


def test_what_was_typed_comes_back_to_the_character(repo):
    typed = draft(text="Half a sentence \x1b[31m, a ZWJ \u200d and a lone \ud800", reason="\r\n")
    drafts.save(repo.common_dir, typed)
    assert drafts.load(repo.common_dir, typed.id) == typed


def test_a_save_replaces_the_draft_of_the_same_target(repo):
    drafts.save(repo.common_dir, draft(text="one"))
    drafts.save(repo.common_dir, draft(text="two"))
    assert [d.text for d in drafts.listed(repo.common_dir)] == ["two"]


def test_each_person_has_their_own(repo):
    drafts.save(repo.common_dir, draft(handle="one", text="mine"))
    drafts.save(repo.common_dir, draft(handle="two", text="theirs"))
    assert [d.text for d in drafts.listed(repo.common_dir, "one")] == ["mine"]


def test_the_latest_comes_first(repo):
    drafts.save(repo.common_dir, draft(target="a", saved="2026-11-20T10:00:00Z"))
    drafts.save(repo.common_dir, draft(target="b", saved="2026-11-21T10:00:00Z"))
    assert [d.target for d in drafts.listed(repo.common_dir)] == ["b", "a"]


def test_one_that_could_not_be_listed_again_is_not_said_to_be_saved(repo, monkeypatch):
    drafts.save(repo.common_dir, draft(text="short"))
    monkeypatch.setattr(drafts, "_LARGEST", 1 << 20)
    with pytest.raises(Unavailable, match="larger than 1 MiB"):
        drafts.save(repo.common_dir, draft(text="long " * 300_000))
    assert [d.text for d in drafts.listed(repo.common_dir)] == ["short"]


def test_a_draft_goes_only_when_it_is_discarded(repo):
    kept, gone = draft(target="a"), draft(target="b")
    drafts.save(repo.common_dir, kept)
    drafts.save(repo.common_dir, gone)
    drafts.discard(repo.common_dir, gone.id)
    assert drafts.listed(repo.common_dir) == (kept,)
    assert drafts.load(repo.common_dir, gone.id) is None


def test_a_broken_file_hides_no_draft(repo):
    drafts.save(repo.common_dir, draft())
    folder = repo.common_dir / "manifesto-tui" / "drafts"
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "list.json").write_text("[1]", encoding="utf-8")
    assert drafts.listed(repo.common_dir) == (draft(),)


def test_a_save_that_is_cut_short_leaves_the_old_draft(repo, monkeypatch):
    drafts.save(repo.common_dir, draft(text="old"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unavailable, match="No space left") as refusal:
        drafts.save(repo.common_dir, draft(text="new"))
    assert refusal.value.code == "draft-unsaved"
    monkeypatch.undo()
    assert [d.text for d in drafts.listed(repo.common_dir)] == ["old"]
    assert [p.suffix for p in (repo.common_dir / "manifesto-tui" / "drafts").iterdir()] == [".json"]


def test_a_folder_that_leads_elsewhere_is_refused(repo, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (repo.common_dir / "manifesto-tui").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unavailable, match="leads elsewhere"):
        drafts.save(repo.common_dir, draft())
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_two_targets_that_read_alike_are_two_drafts():
    assert draft(target="open/2").id != draft(target="open-2").id
    assert replace(draft(), text="other").id == draft().id


def test_a_draft_on_something_that_is_no_whole_word_hides_no_other(repo):
    for target in ("open-2", "half \ud800"):
        drafts.save(repo.common_dir, draft(target=target))
    assert {d.target for d in drafts.listed(repo.common_dir)} == {"open-2", "half \ud800"}
