"""The projector shows one clause after the other, as the text reads today, and all of each step."""

import pytest

from manifesto_tui.workflow import demo
from tui import made_up
from tui.test_amending import select


async def test_what_is_longer_than_the_screen_is_read_on_before_the_next_step(opened, own):
    async with opened(own, (60, 12)) as app:
        await app.press("2", "g", "p")
        while "[count]" not in app.frame:
            await app.press("space")
        slide = app.app.screen.query_one("#slide")
        assert slide.max_scroll_y > 0
        at = app.app.screen.at
        while slide.scroll_offset.y < slide.max_scroll_y:
            before = slide.scroll_offset.y
            await app.press("space")
            assert slide.scroll_offset.y > before
            assert "[count]" in app.frame
        await app.press("b")
        assert "[count]" in app.frame and slide.scroll_offset.y < slide.max_scroll_y
        await app.press("n")
        assert app.app.screen.at == at + 1
        assert "[before" in app.frame


async def test_before_and_after_stand_together_where_both_fit_and_else_one_by_one(opened, own):
    async with opened(own, (60, 12)) as app:
        await app.press("2", "g", "p")
        assert "[before]" in app.frame and "Every system publishes" not in app.frame
        await app.press("space")
        assert "[after]" in app.frame and "Every system publishes" in app.frame
        await app.resize(80, 24)
        assert "[before and after]" in app.frame
        assert "Suppliers document" in app.frame and "Every system publishes" in app.frame
        await app.press("space")
        await app.resize(60, 12)
        assert "[why]" in app.frame


@pytest.fixture(scope="module")
def played(tmp_path_factory, home):
    """The made-up assembly of `demo`: an amendment of four clauses is in conflict with it."""
    place = tmp_path_factory.mktemp("demo") / "manifesto"
    for _ in demo.play(place, made_up.environment(home), made_up.NOW):
        pass
    return place


async def test_one_clause_is_shown_at_a_time_as_the_text_reads_today(opened, played):
    async with opened(played, (80, 24)) as app:
        await app.press("p")
        while "Time, room and skills" not in app.frame:
            await app.press("n")
        assert "needs a new revision" in " ".join(app.frame.split())
        assert "open, in conflict" in app.frame
        today = app.app.screen.text.by_anchor
        standing = app.app.screen.agenda[app.app.screen.at][0].standing
        for at, each in enumerate(standing.each, 1):
            assert f"{at} of {len(standing.each)}" in app.frame
            _, clause = today.get(each.change.target, ("", None))
            half = app.frame.partition(" before ")[2].partition(" after ")[0]
            read = " ".join(half.split())
            if each.change.target == "ward-leads-2":
                assert "Where this means changing" in read and "1.2 reads so already." in read
            elif clause is None:
                assert "(not in the text yet)" in read or "(gone from the text)" in read
            else:
                assert clause.text in read
            assert (each.state == "clean") or each.why.split("“")[0].strip() in read
            while f"{at} of {len(standing.each)}" in app.frame:
                await app.press("space")
        assert "[why]" in app.frame


async def test_a_key_that_does_nothing_says_which_do_and_every_key_below_can_be_clicked(
    opened, own
):
    async with opened(own, (80, 24)) as app:
        await app.press("2", "g", "p")
        for key in ("question_mark", "ctrl+p", "f1", "z"):
            await app.press(key)
            assert "does nothing here; these do: space on, b back" in app.frame, key
            await app.press("space", "b")
            assert "does nothing" not in app.frame and "[before and after]" in app.frame
        for name in ("next", "previous", "on", "back"):
            before = app.frame
            places = {named.partition(".")[2]: start for start, _, named in app.places("#keys")}
            await app.click("#keys", places[name])
            assert app.frame != before, name
        await app.press("b")
        assert "the beginning of the agenda" in app.frame
        await app.press("n", "n", "n")
        assert "the end of the agenda; q leads out" in app.frame
        await app.click("#keys", places["leave"])
        assert "Amendments" in app.frame


async def test_what_is_not_on_the_agenda_is_said(opened, own):
    async with opened(own, (80, 24)) as app:
        await select(app, "state:withdrawn")
        withdrawn = app.app.screen.amendments.card.id
        await app.press("p")
        assert f"{withdrawn} is withdrawn: what is open stands on the agenda." in app.frame
        await app.press("space")
        assert withdrawn not in app.frame


@pytest.mark.parametrize("keys", [("2", "slash", *"patients help", "enter"), ("4", "g")])
async def test_a_result_is_shown_first_and_then_what_is_open(opened, own, keys):
    async with opened(own, (120, 40)) as app:
        await app.press(*keys, "p")
        assert "[result]" in app.frame and "adopted" in app.frame.splitlines()[1]
        assert "✓ Carried." in app.frame and "to read aloud" in app.frame
        await app.press("b", "b")
        assert "[before and after]" in app.frame and "in conflict" not in app.frame
        await app.press("n")
        assert "[before and after]" in app.frame and "adopted" not in app.frame


async def test_before_and_after_stand_beside_one_another_on_a_wide_screen(opened, own):
    async with opened(own, (120, 30)) as app:
        await app.press("2", "g", "p")
        lines = app.frame.splitlines()
        assert " after ──" in next(line for line in lines if " before ──" in line)
        words = next(line for line in lines if "Suppliers document" in line)
        assert "Every system publishes" in words
        await app.press("space", "space")
        assert "read aloud" in app.frame and "read aloud" in app.frame.splitlines()[5], app.frame
        await app.resize(119, 30)
        assert "read aloud" in app.frame and "read aloud" not in app.frame.splitlines()[5]
        await app.press("b", "b")
        lines = app.frame.splitlines()
        assert " after ──" not in next(line for line in lines if " before ──" in line)


async def test_the_agenda_is_in_the_order_of_the_text(opened, own):
    async with opened(own, (120, 30)) as app:
        await app.press("2", "g", "p")
        anchors = [clause.anchor for _, clause in app.app.screen.text]
        places = [
            min(anchors.index(each.target or each.after) for each in amendment.changes)
            for card, _ in app.app.screen.agenda
            if (amendment := card.proposal.amendment)
        ]
        assert len(places) > 1 and places == sorted(places)


async def test_on_the_smallest_screen_place_and_keys_are_whole(opened, own):
    async with opened(own, (30, 10)) as app:
        await app.press("2", "g", "p")
        *_, where, keys = app.frame.rstrip().splitlines()
        assert where.split() == ["[before]", "1", "of", "3"], app.frame
        assert keys.split() == ["space", "on", "b", "back", "q", "out"]
        assert app.app.screen.query_one("#slide").size.height == 7
