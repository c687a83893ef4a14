"""Changes with the clauses around them: folded, unfolded, in either order."""

from dataclasses import replace

from manifesto_tui.prose import compare_texts, read_text
from manifesto_tui.publish.redline import redline
from manifesto_tui.tui.draw.around import FOLD, WHOLE, Around, around_rows, ordered
from manifesto_tui.tui.safe import words
from manifesto_tui.workflow.founding import FIRST_FILE
from tui.poison import record

OLD = "# One\n\n" + "\n\n".join(f"Clause {n} stays as it is." for n in range(9)) + "\n"
NEW = OLD.replace("# One", "# Another title").replace("Clause 7 stays", "Clause 7 must stay")


def places(old: str = OLD, new: str = NEW):
    before, after = read_text({"a.md": old}), read_text({"a.md": new})
    return redline(before, after, compare_texts(before, after))


def shown(around: Around) -> str:
    return "\n".join(row.plain for row in around_rows(places(), around, words, opens=True))


def test_alone_only_what_changes_is_shown_the_title_first():
    told = shown(Around())
    assert "Clause 6" not in told and "as before" not in told
    assert told.index("Another title") < told.index("must stay")


def test_one_clause_around_stands_before_and_after():
    told = shown(Around(context=1))
    assert "Clause 6" in told and "Clause 8" in told and "Clause 5" not in told


def test_in_the_order_of_the_text_the_rest_is_folded_and_unfolds():
    around = Around(in_text_order=True, context=1)
    folds = [
        row for row in around_rows(places(), around, words, opens=True) if row.key.startswith(FOLD)
    ]
    assert [row.plain for row in folds] == ["⋯ 5 clauses as before; {list.enter} shows them"]
    told = shown(replace(around, opened={folds[0].key}))
    assert "⋯" not in told and all(f"Clause {n}" in told for n in range(9))


def test_one_clause_that_is_folded_is_told_as_one():
    changed = OLD.replace("Clause 0 stays", "Clause 0 must stay").replace(
        "Clause 4 s", "Clause 4 S"
    )
    rows = around_rows(places(OLD, changed), Around(in_text_order=True, context=1), words, True)
    folds = [row.plain for row in rows if row.key.startswith(FOLD)]
    assert folds[0] == "⋯ 1 clause as before; {list.enter} shows it"


def test_a_clause_beside_a_change_stands_above_its_headline_and_tells_that_it_changes_too():
    old = "# One\n\nIt is cheap.\n\nIt is good.\n\nIt stays.\n"
    new = old.replace("cheap", "free").replace("It stays.", "It must end.\n\nIt stays.")
    rows = around_rows(places(old, new), Around(context=2), words)
    told = [row.line(0, 60).plain for row in [replace(row, above=0) for row in rows]]
    at = next(i for i, row in enumerate(told) if "+ 1.3 new clause" in row)
    assert told[at - 2 : at + 3] == [
        "~ 1.1 It is [-cheap-]{+free+}.",
        "1.2 It is good.",
        next(row for row in told if row.startswith("+ 1.3 new clause")),
        "{+It must end.+}",
        "1.4 It stays.",
    ]


def test_a_clause_beside_a_change_reads_as_it_would_where_differences_are_clean():
    old = "# One\n\nIt is cheap.\n\nIt is good.\n"
    new = old.replace("cheap", "free").replace("It is good", "It must be good")
    rows = around_rows(places(old, new), Around("clean", context=1), words)
    assert sum(row.plain == "It is free." for row in rows) == 2


def test_the_whole_text_folds_nothing():
    told = shown(Around(context=WHOLE))
    assert "⋯" not in told and all(f"Clause {n}" in told for n in range(9))


def test_each_change_is_listed_once_and_found_by_its_key():
    moved = OLD.replace("Clause 2 stays as it is.\n\n", "") + "\nClause 2 stays as it is.\n"
    for around in (Around(), Around(in_text_order=True, context=3), Around(context=WHOLE)):
        found = places(OLD, moved)
        keys = [
            row.key
            for row in around_rows(found, around, words, opens=True)
            if row.key and FOLD not in row.key
        ]
        assert keys == [str(at) for at in range(len(ordered(found, around)))] == ["0"]


async def test_another_order_keeps_the_change_that_is_selected(opened, own):
    settings = own / FIRST_FILE
    words_of = settings.read_text()
    settings.write_text(
        words_of.replace("Poor systems", "Bad systems").replace("must give staff", "gives staff")
    )
    record(own, "Write it anew")
    async with opened(own, (120, 30)) as app:
        await app.press("3", "G")
        compare = app.app.screen.compare
        selected = compare.change
        assert len(compare.changes) > 1
        for key in ("O", "z", "O", "s", "z"):
            await app.press(key)
            assert compare.change is selected
            assert compare.diff.key == compare.list.key
        await app.press("G", "n")
        assert "This is the last change." in app.status
        await app.press("N")
        assert "change" not in app.status


async def test_a_change_stays_in_sight_with_its_words_when_more_is_shown_around_it(opened, own):
    words_of = (own / FIRST_FILE).read_text()
    (own / FIRST_FILE).write_text(
        words_of.replace("Poor systems", "Bad ones").replace("be ", "do ")
    )
    record(own, "Write it anew")
    async with opened(own) as app:
        await app.press("3", "equals_sign", *"HEAD~1", "ctrl+j")
        compare = app.app.screen.compare
        for at in range(1, len(compare.changes)):
            await app.press("g", *["n"] * at, "z", "z", "z", "z")
            for key in ("z", "z", "O", "z", "z", "O"):
                await app.press(key)
                diff = compare.diff
                begin, end = diff._starts[diff.cursor], diff._starts[diff.cursor + 2]
                assert diff.scroll_offset.y <= begin, (at, key)
                assert end <= diff.scroll_offset.y + diff.scrollable_content_region.height


async def test_an_amendment_that_is_compared_with_an_edition_is_what_is_new(opened, own):
    async with opened(own, (100, 30)) as app:
        await app.press("3", "equals_sign")
        assert "Amendments: k7f3 Publish every interface, " in app.frame
        await app.press(*"w8hn", "tab", *"HEAD", "ctrl+j")
        assert "HEAD → w8hn" in app.frame
        assert "[-should-]{+must+}" in app.frame


async def test_a_name_that_is_unknown_is_answered_in_the_dialog_that_asks(opened, own):
    async with opened(own, (100, 30)) as app:
        await app.press("3", "equals_sign", *"no such", "ctrl+j")
        assert "no file. Name an edition, a commit," in app.frame


async def test_a_comparison_without_a_change_says_what_else_can_be_compared(opened, own):
    async with opened(own, (100, 30)) as app:
        await app.press("3", "equals_sign", *"HEAD", "ctrl+j", "h")
        assert "No change is selected here; = compares other states of the text." in app.status
        assert "Nothing differs." in (await app.press("n")).status


async def test_what_draws_comparisons_is_not_offered_in_a_what_if(opened, own):
    async with opened(own, (120, 40)) as app:
        await app.press("2", "j", "W")
        assert "What if" in app.frame
        for key in ("s", "z", "O"):
            assert "A what-if always shows the whole text" in (await app.press(key)).status
        footer = [meaning for _, _, meaning in app.places()]
        assert not {"diff.style", "diff.context"} & set(footer)
        await app.press("d")
        assert app.status.startswith("The differences stand here already. ")
        await app.press("h")
        assert app.status.startswith("Select a clause that changes first.")
        await app.press("3", "s")
        assert "Differences are drawn side by side." in app.status


async def test_settings_that_cannot_be_read_are_named_with_their_place(opened, own):
    settings = own / "manifesto/manifesto.yaml"
    settings.write_text(settings.read_text() + "titel: x\n")
    record(own, "Break the settings")
    async with opened(own, (100, 30)) as app:
        assert "manifesto/manifesto.yaml:8:1: The key “titel” is not known here" in app.frame
        assert "Found a manifesto" not in app.frame


async def test_why_not_is_told_until_another_is_selected(opened, world):
    async with opened(world) as app:
        await app.press("2", "exclamation_mark")
        assert "it is counted after that" in app.frame
        await app.resize(120, 40)
        assert "it is counted after that" in app.frame
        await app.press("j")
        assert "it is counted after that" not in app.frame
