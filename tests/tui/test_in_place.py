"""What is proposed stands in the text where it fits it, coloured by whose it is."""

from itertools import combinations

import pytest
from textual.color import Color

from manifesto_tui.tui.draw.changes import marked, piece
from manifesto_tui.tui.themes import THEMES, WHOSE, palette
from manifesto_tui.workflow import proposing
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.founding import FIRST_FILE
from tui import made_up
from tui.poison import record


def file(own, home, clock, *edits):
    """Files one amendment that makes some edits of the text."""
    desk = Desk.open(own, made_up.environment(home), clock)
    words = desk.assembly.text.sources[FIRST_FILE]
    for old, new in edits:
        assert old in words
        words = words.replace(old, new)
    recorded = proposing.propose(desk, "Several", "Why.", texts={FIRST_FILE: words})[0]
    return recorded.paths[0].split("/")[2].partition("-")[0]


@pytest.fixture
def several(own, home, clock):
    """One amendment of two clauses, and what is new after the first of them."""
    comment = " <!--"
    return file(
        *(own, home, clock),
        ("Suppliers document", "All suppliers document"),
        ("be open." + comment, "be open now." + comment),
        ("Code that public", "A charge is a reason not to buy.\n\nCode that public"),
    )


async def test_what_a_clause_would_read_stands_before_what_would_be_new_after_it(
    opened, own, several
):
    async with opened(own, (160, 48)) as app:
        frame = (await app.press("m")).frame
    assert frame.index("{+All suppliers+}") < frame.index("{+A charge is")


async def test_what_does_not_fit_the_text_of_today_is_told_and_not_drawn(opened, own, several):
    settings = own / FIRST_FILE
    settings.write_text(settings.read_text().replace("Suppliers document", "Firms describe"))
    record(own, "Reword it")
    async with opened(own, (160, 48)) as app:
        await app.press("m", "n")
        frame = app.frame
        assert f"[⚡ {several} in conflict]" in frame.replace("\N{NO-BREAK SPACE}", " ")
        assert f"┊ {several} ⚡ in conflict, so not drawn here: The same words of" in frame
        assert "All suppliers" not in frame.partition("Clause 2")[0]
        await app.press("2", "slash", *several, "enter")
        assert "⚡ It is in conflict with the text of today: it needs a new revision." in app.frame
        assert "The same words of clause 2.1 have changed since" in app.frame


def oklab(colour):
    """Where a colour stands among all that people see (Ottosson, 2020)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized
    )
    a = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    b = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    c = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * a + 0.7936177850 * b - 0.0040720468 * c,
        1.9779984951 * a - 2.4285922050 * b + 0.4505937099 * c,
        0.0259040371 * a + 0.7827717662 * b - 0.8086757660 * c,
    )


def apart(one, other):
    """How far apart two colours are; 0.02 is just to be seen."""
    return sum((x - y) ** 2 for x, y in zip(oklab(one), oklab(other), strict=True)) ** 0.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_colours_of_several_amendments_are_apart_and_none_is_that_of_a_change(theme):
    roles = palette(theme)
    own = [roles[f"whose-{at}"].foreground for at in range(WHOSE)]
    others = [roles["added"].foreground, roles["deleted"].foreground]
    if theme.ansi:
        assert len({*own, *others}) == WHOSE + 2
        return
    ink = Color.parse(theme.foreground)
    near = [pair for pair in combinations(own, 2) if apart(*pair) < 0.09]
    near += [(one, other) for one in own for other in (*others, ink) if apart(one, other) < 0.09]
    assert near == []


def test_what_is_put_in_and_taken_out_stays_told_apart_by_more_than_colour():
    for theme in THEMES:
        roles = palette(theme)
        for at in range(WHOSE):
            assert roles[f"whose-{at}-added"].underline and roles[f"whose-{at}-deleted"].strike
    told = marked([("=", "We "), ("-", "find "), ("+", "see ")], "whose-1")
    assert told.plain == "We [-find-] {+see+} "
    assert {span.style for span in told.spans} == {"whose-1", "whose-1-added", "whose-1-deleted"}


async def test_the_legend_of_a_what_if_names_each_in_its_own_colour(opened, world):
    async with opened(world, (160, 48)) as app:
        await app.press("2", "j", "m", "j", "m")
        for name, number in zip(app.app.screen.amendments.chosen, "¹²", strict=True):
            assert f"{name}{number} " in app.frame
        await app.press("W")
        parts = [
            row
            for row in app.app.screen.query_one("#changes").rows
            if row.key.startswith("part:") and "✗" not in row.lead.plain
        ]
        assert parts
        for at, row in enumerate(parts):
            name = row.key.removeprefix("part:")
            assert row.body.plain.startswith(name) and row.body.spans[0].style == f"whose-{at}"


def test_a_number_stands_at_its_words_and_not_at_the_next():
    assert piece("+", "openly ", "whose-1", "²").plain == "{+openly+}² "
    assert piece("=", "openly ", sign="").plain == "openly "
