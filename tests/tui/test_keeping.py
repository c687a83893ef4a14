"""What is typed into a dialog is there again: after esc, after a crash, until it is recorded."""

from dataclasses import replace
from pathlib import Path

from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.tui.screens.form import Form
from manifesto_tui.tui.screens.vote import VoteDialog
from manifesto_tui.workflow import drafting
from tui.conftest import git
from tui.made_up import act_as
from tui.test_amending import select
from tui.test_journeys import log


def forms_kept(own: Path) -> list[Path]:
    return list(own.glob(".git/manifesto-tui/drafts/form-*"))


async def test_a_comment_that_was_left_is_there_again(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("c")
        await app.write("Who pays")
        await app.press("tab")
        await app.write("must")
        await app.press("escape")
        assert app.status.startswith("✓ The draft is kept")
        await app.press("c")
        assert {"Who pays", "must"} <= set(app.app.screen.values.values())
    async with opened(own) as again:
        assert "draft waits" in again.status
        await again.press("f")
        assert "comment on w8hn" in again.frame
        await again.press("enter")
        assert isinstance(again.app.screen, Form)
        await again.write(" for it?")
        await again.press("tab", "ctrl+u", "ctrl+j")
        assert again.status.startswith("✓ Recorded: Comment on w8hn")
        assert again.app.screen.drafts == ()
    assert "Who pays for it?" in git(own, "show", "HEAD")


async def test_what_was_emptied_is_kept_no_longer(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("c", "x", "escape")
        assert len(app.app.screen.drafts) == 1
        await app.press("c", "delete", "end", "backspace", "escape")
        assert app.app.screen.drafts == ()


async def test_the_title_and_the_reasons_are_kept_with_the_draft(opened, own):
    async with opened(own) as app:
        await app.press("j", "j", "a", "ctrl+end")
        await app.write(" More.")
        await app.press("ctrl+j")
        await app.write("More of it")
        await app.press("tab")
        await app.write("Because.")
        await app.press("escape", "escape")
    async with opened(own) as again:
        await again.press("f", "enter", "ctrl+j")
        assert again.app.screen.values["title"] == "More of it"
        assert again.app.screen.values["reason"] == "Because."
        await again.press("ctrl+j")
        assert again.app.screen.drafts == ()
    assert log(own)[0].endswith(": More of it")


async def test_the_reason_of_a_vote_is_kept_and_no_choice_is(opened, own):
    async with opened(own) as app:
        await app.press("2", "g", "v")
        dialog = app.app.screen
        assert isinstance(dialog, VoteDialog) and isinstance(dialog.ballot, Ballot)
        await app.press("tab")
        await app.write("It is due.")
        await app.press("escape", "f", "enter")
        again = app.app.screen
        assert isinstance(again, VoteDialog)
        assert again.query_one("#reason").text == "It is due."
        assert "(•)" not in app.frame
        await app.press("enter", "ctrl+j")
        assert app.app.screen.drafts == ()
    assert "reason: " in git(own, "show", "HEAD")


async def test_words_that_nobody_can_say_any_more_are_shown_and_discarded(opened, own, clock):
    async with opened(own) as app:
        await app.press("2", "g", "v", "tab")
        await app.write("It is due.")
        await app.press("escape")
    clock.on(days=60)
    async with opened(own) as later:
        await later.press("f", "enter")
        assert "The ballot has closed" in later.frame
        assert "It is due." in later.frame
        await later.press("ctrl+j")
        assert later.app.screen.drafts == ()


async def test_what_was_typed_into_a_form_that_was_left_stands_there_again(opened, own, clock):
    async with opened(own) as app:
        await app.press("A")
        await app.write("edda")
        await app.press("tab", *"Edda Made", "escape", "A")
        assert "edda" in app.frame and "Edda Made" in app.frame
        await app.press("tab", *"-Up", "ctrl+j")
        assert "Recorded: Admit" in app.status
        await app.press("A")
        assert "edda" not in app.frame
        await app.press("escape", "D", "tab")
        await app.write("A whole text")
        await app.press("ctrl+j", "escape", "D")
        assert "A whole text" in app.frame
        assert forms_kept(own)
        await app.press("tab", *["backspace"] * len("A whole text"), "escape")
        assert not forms_kept(own)


async def test_a_form_is_no_draft_to_go_on_with_and_belongs_to_one_person(opened, own, desk):
    async with opened(own) as app:
        await app.press("A")
        await app.write("edda")
        await app.press("escape")
    assert forms_kept(own) and not drafting.mine(desk)
    act_as(desk, "bodo")
    async with opened(own) as another:
        assert "draft" not in another.status
        await another.press("A")
        assert "edda" not in another.frame
    act_as(desk, "alma")
    async with opened(own) as again:
        await again.press("A")
        assert "edda" in again.frame and "As you left it on" in again.frame


async def test_what_no_field_takes_any_more_is_left_aside(opened, own, desk):
    fresh = drafting.begin(desk, "form", "admit", "")
    for kept in ({"role": "emperor", "gone": "x", "name": "Edda"}, {"role": "emperor"}):
        drafting.save(desk, drafting.filled_in(fresh, kept))
        async with opened(own) as app:
            await app.press("A")
            values = app.app.screen.values
            assert values["role"] == "member" and values["name"] == kept.get("name", "")
            assert ("As you left it on" in app.frame) is ("name" in kept)
    for text in ("[1]", "{", '{"name": 1}'):
        drafting.save(desk, replace(fresh, text=text))
        async with opened(own) as app:
            await app.press("A")
            assert app.app.screen.values["name"] == ""


async def test_so_it_does_where_a_manifesto_is_begun(opened, tmp_path, home):
    async with opened(tmp_path) as app:
        await app.press("enter", *"My title", "escape", "enter")
        assert "My title" in app.frame
    async with opened(tmp_path) as again:
        await again.press("enter")
        assert "My title" in again.frame
        await again.press("tab", *"ida", "tab", *"Ida Made-Up", "ctrl+j")
        assert "Founded" in again.status
    assert not list(home.glob(".local/state/manifesto-tui/drafts/*"))


async def test_an_editor_that_was_only_looked_at_leaves_no_draft(opened, own):
    async with opened(own) as app:
        await app.press("2", "slash", *"w8hn", "enter", "e", "escape")
        assert app.app.screen.drafts == ()
        await app.press("2", "slash", *["backspace"] * 4, *"m2pq", "enter", "a", "escape")
        assert app.app.screen.drafts == ()


async def test_what_is_typed_in_two_windows_is_kept_from_both(opened, own, desk):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await app.write(" Here.")
        await app.press("ctrl+s")
        (kept,) = drafting.mine(desk)
        drafting.save(desk, replace(kept, text="There."))
        await app.write(" More.")
        await app.press("escape")
        here, there = sorted(drafting.mine(desk), key=lambda draft: len(draft.text), reverse=True)
        assert here.text.endswith(" Here. More.")
        assert there.text == "There."
        assert "2 drafts" in app.status
        await app.press("f")
        await app.write("more.")
        await app.press("enter", *"Yet.", "ctrl+x", "ctrl+j")
    assert [draft.text for draft in drafting.mine(desk)] == ["There."]


async def test_esc_takes_back_what_was_typed_where_there_is_nothing_to_open(opened, tmp_path):
    async with opened(tmp_path) as app:
        await app.write("jjk")
        assert "Nothing matches" in app.frame
        await app.press("escape")
        assert "Begin a manifesto here" in app.frame
        await app.press("escape")
        assert app.app._exit
