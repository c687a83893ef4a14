"""What is written can be read, in every theme that names its own colours.

The ratios are those of WCAG 2.2, success criteria 1.4.3 (4.5 to 1), 1.4.6 (7 to 1, for the themes
of high contrast) and 1.4.11 (3 to 1, for what is no letter).
"""

import pytest
from textual.color import Color

from manifesto_tui.tui.themes import THEMES, palette
from tui.test_frames import SCREENS

OWN = {theme.name: theme for theme in THEMES if not theme.ansi}


def luminance(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one, other):
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def grounds(theme):
    """What text stands on: the screen, header and dialogs, fields, the selected row."""
    named = (theme.background, theme.surface, theme.panel, theme.variables["picked-ground"])
    return [Color.parse(ground) for ground in named]


def pairs(theme):
    """Every role with its colour and the grounds it may stand on."""
    for role, style in palette(theme).items():
        colour = style.foreground or Color.parse(theme.foreground)
        own = style.background
        for ground in [own] if own and own.a else grounds(theme):
            yield role, colour, ground


@pytest.mark.parametrize("name", OWN)
def test_every_role_can_be_read_on_every_ground(name):
    least = {"rule": 4.5 if name.endswith("-contrast") else 1}  # Lines tell nothing by themselves.
    letters = 7 if name.endswith("-contrast") else 4.5
    faint = [
        f"{role} {colour.hex} on {ground.hex}: {ratio(colour, ground):.2f}"
        for role, colour, ground in pairs(OWN[name])
        if ratio(colour, ground) < least.get(role, letters)
    ]
    assert faint == []


@pytest.mark.parametrize("name", OWN)
def test_the_scroll_bar_can_be_seen(name):
    theme = OWN[name]
    bar = Color.parse(theme.variables["scrollbar"])
    assert ratio(bar, Color.parse(theme.variables["scrollbar-background"])) >= 3


@pytest.mark.parametrize("name", OWN)
def test_the_selected_row_stands_out_and_what_is_put_in_from_what_is_taken_out(name):
    theme = OWN[name]
    roles = palette(theme)
    assert roles["added"].underline and roles["deleted"].strike
    assert roles["added"].foreground != roles["deleted"].foreground
    assert roles["picked"].background != Color.parse(theme.background)


# Screens that together hold every kind of field, list and mark.
LOOKED_AT = (
    "votes",
    "compare-whole",
    "in-place",
    "what-if",
    "present",
    "help",
    "open-ballot",
    "settings-press",
    "editor",
)


@pytest.mark.parametrize("name", LOOKED_AT)
async def test_every_word_on_the_screen_can_be_read(name, opened, world):
    async with opened(world, (120, 40)) as app:
        await app.press(*SCREENS[name])
        for theme in OWN:
            app.app.wear(theme)
            await app.settle()
            letters = 7 if theme.endswith("-contrast") else 4.5
            shown = [(*seen(part), part.text) for part in app.in_front() if told(part.text)]
            assert shown
            faint = [each for each in shown if ratio(*each[:2]) < letters]
            assert faint == [], theme


def told(text):
    """Whether a piece of the screen tells anything: lines and bars do not by themselves."""
    return any(letter.isalnum() or letter in "✓✗⚡✎!◆…" for letter in text)


def seen(part):
    """The colours of letters and of what they stand on, as they are shown."""
    style = part.style
    colours = [Color(*colour.triplet) for colour in (style.color, style.bgcolor)]
    return reversed(colours) if style.reverse else colours
