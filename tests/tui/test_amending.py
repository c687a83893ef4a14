"""Amendments that are there already: revised, worded otherwise, accepted, fitted, asked what if."""

from manifesto_tui.tui.screens import editor
from manifesto_tui.workflow import discussing, editing
from tui import made_up
from tui.conftest import git
from tui.test_journeys import log


async def select(app, title):
    await app.press("2", "slash", *title, "enter")


async def test_ones_own_amendment_is_revised_in_the_editor(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("e")
        assert "Revision of w8hn" in app.frame
        await app.press("ctrl+end")
        await app.write(" And for good.")
        await app.press("ctrl+j")
        assert "the next revision of w8hn" in app.frame
        await app.press("ctrl+j")
        assert "2 of 2" not in app.frame
    assert log(own)[0] == "Revise w8hn, revision 2: Must, not should"


async def test_anothers_amendment_is_worded_otherwise_and_accepted_with_both_names(
    opened, own, desk
):
    async with opened(own) as app:
        await select(app, "let suppliers")
        await app.press("e")
        assert "Only its proposer revises it" in app.status
        await app.press("a", "ctrl+end")
        await app.write(" And for good.")
        await app.press("ctrl+j", "tab")
        await app.write("It should last.")
        with made_up.fixed_ids("b2cd"):
            await app.press("ctrl+j")
        await app.press("Y")
        assert "Only the proposer of that amendment" in app.status
    assert log(own)[0] == "Propose b2cd: Let suppliers choose the format"
    made_up.act_as(desk, "cleo")
    async with opened(own) as app:
        await app.press("2")
        assert "another wording: your answer" in app.frame
        await select(app, "b2cd")
        await app.press("Y")
        assert "revision-2.yaml" in app.frame
        await app.press("ctrl+j")
        await app.press("escape", "slash", *"m2pq", "enter")
        assert "with the wording of alma" in " ".join(app.frame.split())
    assert log(own)[0].startswith("Accept alma’s wording b2cd in m2pq, revision 2")


async def test_what_others_have_touched_is_shown_before_it_is_confirmed(opened, own, desk):
    (path,) = [p for p, s in desk.assembly.text.sources.items() if "public money" in s]
    words = desk.assembly.text.sources[path].replace("public money paid", "public funds paid")
    editing.save_text(desk, {path: words}, "Funds")
    async with opened(own) as app:
        await app.press("2")
        assert "needs your confirmation" in app.frame
        await select(app, "must, not")
        await app.press("B")
        told = " ".join(app.frame.replace("│", " ").split())
        assert "Code that public funds paid for must be open." in told
        await app.press("ctrl+j")
        assert "needs your confirmation" not in app.frame
    assert log(own)[0] == "Fit w8hn to the text, revision 2: Must, not should"


async def test_a_comment_is_hidden_with_a_reason(opened, own):
    async with opened(own, (100, 30)) as app:
        await select(app, "must, not")
        await app.press("left_square_bracket", "left_square_bracket")
        assert "security fixes" in app.frame
        await app.press("H", "enter")
        await app.write("Off the matter.")
        await app.press("ctrl+j")
        assert "hidden by alma: Off the matter." in app.frame
        assert "security fixes" not in app.frame
    assert log(own)[0] == "Hide a comment on w8hn"


async def test_words_of_a_clause_are_commented_on_from_the_text(opened, own):
    async with opened(own, (100, 30)) as app:
        await app.press("slash", *"public money", "enter", "c")
        await app.write("Whose?")
        await app.press("tab")
        await app.write("public money")
        await app.press("ctrl+j")
        assert "Recorded: Comment on w8hn" in app.status
        assert "u hides it; it stays in the record as hidden." in app.status
    (written,) = list((own / "proposals").glob("*/w8hn-*/comments/*alma*.yaml"))
    assert "public money" in written.read_text()


async def test_the_what_if_shows_the_chosen_in_the_order_of_choosing(opened, own):
    async with opened(own, (120, 40)) as app:
        await select(app, "let suppliers")
        await app.press("m", "escape")
        await select(app, "must, not")
        await app.press("m")
        assert "2 chosen" in app.status
        await app.press("W")
        assert "What if · 2 of 2 fit" in app.frame
        assert "{+in a format they choose+}¹" in app.frame
        assert "[-should-]{+must+}²" in app.frame
        assert "108 words (+5)" in app.frame


async def test_the_list_is_narrowed_by_lists_and_by_what_is_typed(opened, own):
    async with opened(own, (100, 30)) as app:
        await app.press("2", "l", *"what needs me", "enter")
        assert "Amendments 1 of 6 · needs:me" in app.frame
        await app.press("escape")
        assert "Amendments 6 · all" in app.frame
        await app.press("slash", *"by:cleo state:o")
        assert "Amendments 1 of 6 · by:cleo state:o" in app.frame
        await app.press("escape")
        assert "Amendments 6 · all" in app.frame
        await app.press("slash", *"in:2 must")
        assert "Amendments 1 of 6 · in:2 must" in app.frame


async def test_what_long_words_change_is_worked_out_while_typing_pauses(opened, own, monkeypatch):
    monkeypatch.setattr(editor, "_AT_ONCE", 0)
    asked = []
    timed = editor.EditorScreen.set_timer

    class Pause:
        def stop(self):
            asked.pop()

    def set_timer(screen, delay, then):
        if then != screen._look_through:
            return timed(screen, delay, then)
        asked.append(then)
        return Pause()

    monkeypatch.setattr(editor.EditorScreen, "set_timer", set_timer)

    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("e", "ctrl+end")
        await app.write(" For good.")
        assert len(asked) == 1, "each letter puts the work off once more"
        assert "{+" not in app.frame
        asked[0]()
        await app.settle()
        assert "{+For good.+}" in app.frame
        # What is typed while it is worked out is worked out after it.
        asked[0]()
        await app.write(" Or not.")
        await app.settle()
        asked[-1]()
        await app.settle()
        assert "{+For good. Or not.+}" in app.frame


async def test_a_draft_that_reads_as_agreed_again_is_kept_as_it_reads(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("e", "ctrl+end")
        before = app.app.screen.typed.text
        await app.write("x")
        assert "draft saved" in app.status
        await app.press("backspace", "escape")
        await select(app, "must, not")
        await app.press("e")
        assert app.app.screen.draft.text == app.app.screen.typed.text == before


async def test_what_was_typed_is_taken_back_and_typed_again(opened, own):
    async with opened(own) as app:
        await app.press("j", "j", "a", "ctrl+end")
        await app.write(" More.")
        assert "{+More.+}" in app.frame
        await app.press("ctrl+z")
        assert "Nothing is changed yet." in app.frame
        await app.press("ctrl+y")
        assert "{+More.+}" in app.frame


async def test_what_is_written_after_a_title_is_a_clause_and_no_title(opened, own):
    async with opened(own) as app:
        await app.press("g", "i")
        assert "New clause after 1 " in app.frame
        await app.write("Everybody is heard.")
        await app.press("ctrl+j")
        await app.write("Hear")
        await app.press("ctrl+j")
    assert log(own)[0].endswith(": Hear")
    assert "\n+    Everybody is heard.\n" in git(own, "show", "HEAD")


async def test_esc_leads_from_the_what_if_back_to_the_list_and_another_key_to_what_changed(
    opened, own
):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("W")
        assert "What if" in app.frame
        await app.press("escape")
        assert app.app.screen.mode == "amendments"
        await app.press("3")
        assert "What if" not in app.frame
        assert app.app.screen.mode == "compare"


async def test_who_has_several_votes_to_cast_is_led_from_one_to_the_next(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("o", "ctrl+j", "escape", "2", "g")
        listed = app.app.screen.amendments
        first = listed.card.id
        assert listed.card.needs_my_vote
        await app.press("v", "enter", "ctrl+j")
        second = listed.card
        assert second.id != first and second.needs_my_vote
        await app.press("v", "enter", "ctrl+j")
        assert listed.card.id == second.id
        assert not listed.card.needs_my_vote


async def test_a_ballot_is_counted_after_the_time_that_is_said(opened, own, clock):
    clock.on(seconds=30)
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("o", "ctrl+u", *"3m", "ctrl+j", "exclamation_mark")
        assert "Its ballot is open until 20 Nov 2026, 10:03:30 UTC;" in app.status
        await app.press("v")
        assert "10:03:30 UTC" in app.frame


async def test_one_click_chooses_how_to_vote(opened, own):
    async with opened(own) as app:
        await app.press("2", "g", "v")
        await app.click("#choices", 6, 1)
        assert "(•) against" in app.frame
        assert "writes proposals/" in app.frame


async def test_a_whole_document_opens_at_the_clause_that_was_selected(opened, own):
    async with opened(own) as app:
        await app.press("j", "j")
        clause = app.app.screen.reading.place[1]
        await app.press("e")
        await app.write("@")
        area = app.app.screen.query_one("#text")
        assert "@" + clause.text.partition("\n")[0] in area.text


async def test_a_revision_opens_at_what_it_changes(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("e")
        await app.write("@")
        assert "@must" in app.app.screen.query_one("#text").text


async def test_what_is_too_long_stays_in_sight_is_named_in_the_form_and_on_the_amendment(
    opened, own
):
    settings = own / "manifesto" / "manifesto.yaml"
    settings.write_text(settings.read_text() + "budget:\n  words: 104\n")
    git(own, "commit", "-qam", "Be brief")
    async with opened(own) as app:
        await app.press("j", "j", "a", "ctrl+end")
        await app.write(" And so on, and so on.")
        assert "! 1 to watch" in app.frame
        await app.press("ctrl+j")
        assert "! the whole text: 1" in app.frame
        await app.press("tab", *"long", "shift+tab", *"Longer", "ctrl+j", "2")
        assert " of 104 words (+" in app.frame and "too many." in app.frame


async def test_an_amendment_whose_file_cannot_be_read_is_told_as_that(opened, own):
    (file,) = own.glob("proposals/*/m2pq-*/amendment.yaml")
    file.write_text("title: [\n")
    git(own, "commit", "-qam", "Break a file")
    async with opened(own) as app:
        await select(app, "m2pq")
        assert "cannot be read" in app.frame
        assert "What it proposes cannot be read: C says what is wrong" in " ".join(
            app.frame.split()
        )
        assert "Rivals" not in app.frame
        for key in ("o", "v", "plus", "c", "m"):
            await app.press("R", key)
            assert "What it proposes cannot be read" in app.status, key
        await app.press("right", "right")
        assert "may vote until it closes" not in app.frame
        await app.press("C")
        assert "This is not YAML" in app.frame


async def test_a_comment_names_its_clause_by_the_number_that_people_see(opened, own, desk):
    discussing.comment(desk, "w8hn", "Which code?", made_up.anchor(desk, "Code that public")[0])
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("right", "right", "right")
        assert "alma on 2.2 20 Nov" in app.frame


async def test_a_key_that_has_nothing_to_do_says_so(opened, own):
    async with opened(own) as app:
        await select(app, "must, not")
        await app.press("d")
        assert "What it changes stands here already; s draws it otherwise." in app.status
        await app.press("n")
        assert "There is nothing further." in app.status
        await app.press("right", "d")
        assert "[Diff]" in app.frame


async def test_whoever_seconds_what_was_voted_on_hears_that_its_ballot_has_closed(
    opened, own, clock
):
    clock.on(days=30)
    async with opened(own) as app:
        await select(app, "publish every")
        await app.press("plus")
        assert "Its ballot has closed: ! counts it." in app.status
        await app.press("a")
        assert "Its ballot has closed: its words are fixed." in app.status
