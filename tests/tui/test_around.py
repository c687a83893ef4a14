"""Changes with the clauses around them: folded, unfolded, in either order."""

from dataclasses import replace

from manifesto_tui.prose import compare_texts, read_text
from manifesto_tui.publish.redline import redline
from manifesto_tui.tui.draw.around import FOLD, WHOLE, Around, around_rows, ordered
from manifesto_tui.tui.safe import words
from tui.poison import record

OLD = "# One\n\n" + "\n\n".join(f"Clause {n} stays as it is." for n in range(9)) + "\n"
NEW = OLD.replace("# One", "# Another title").replace("Clause 7 stays", "Clause 7 must stay")


def places(old: str = OLD, new: str = NEW):
    before, after = read_text({"a.md": old}), read_text({"a.md": new})
    return redline(before, after, compare_texts(before, after))


def shown(around: Around) -> str:
    return "\n".join(row.plain for row in around_rows(places(), around, words, "enter shows them"))


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
        row
        for row in around_rows(places(), around, words, "enter shows them")
        if row.key.startswith(FOLD)
    ]
    assert [row.plain for row in folds] == ["⋯ 5 clauses as before; enter shows them"]
    told = shown(replace(around, opened={folds[0].key}))
    assert "⋯" not in told and all(f"Clause {n}" in told for n in range(9))


def test_the_whole_text_folds_nothing():
    told = shown(Around(context=WHOLE))
    assert "⋯" not in told and all(f"Clause {n}" in told for n in range(9))


def test_each_change_is_listed_once_and_found_by_its_key():
    moved = OLD.replace("Clause 2 stays as it is.\n\n", "") + "\nClause 2 stays as it is.\n"
    for around in (Around(), Around(in_text_order=True, context=3), Around(context=WHOLE)):
        found = places(OLD, moved)
        keys = [
            row.key
            for row in around_rows(found, around, words, "enter shows them")
            if row.key and FOLD not in row.key
        ]
        assert keys == [str(at) for at in range(len(ordered(found, around)))] == ["0"]


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
