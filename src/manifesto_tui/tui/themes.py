"""Sets the colours: paper and ink, each also in high contrast and in blue and orange.

The two ansi themes name none of their own: they take the sixteen colours of the terminal, whatever
its owner made of them.

A widget never names a colour. It names a role ("added", "quiet", "number"), and the palette
of the theme in use says what that looks like. Every role that carries meaning also carries a
mark or a letter style, so that all of it can be read without colour.
"""

from textual.color import Color
from textual.style import Style
from textual.theme import BUILTIN_THEMES, Theme


def _theme(name: str, dark: bool, added: str, deleted: str, warned: str, **colours: str) -> Theme:
    return Theme(
        name=name,
        ansi=colours["background"] == "ansi_default",
        dark=dark,
        primary=colours["primary"],
        secondary=colours["primary"],
        accent=colours["accent"],
        success=added,
        error=deleted,
        warning=warned,
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables=dict(BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"].variables)
        | {
            "quiet": colours["quiet"],
            "rule": colours["rule"],
            "added-ground": colours["added_ground"],
            "deleted-ground": colours["deleted_ground"],
            "picked-ground": colours["picked"],
            **{f"whose-{at}": each for at, each in enumerate(_WHOSE[name])},
            "input-cursor-background": colours["foreground"],
            "input-cursor-foreground": colours["background"],
            "input-selection-background": colours["primary"],
            "input-selection-foreground": colours["background"],
            "scrollbar": colours["quiet"],
            "scrollbar-hover": colours["accent"],
            "scrollbar-active": colours["accent"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
        },
    )


_INK = {
    "primary": "#7fb4ff",
    "accent": "#f2c14e",
    "foreground": "#dfe5ec",
    "background": "#11161d",
    "surface": "#182029",
    "panel": "#202a36",
    "quiet": "#93a1b0",
    "rule": "#33404e",
    "picked": "#22344c",
    "added_ground": "#143424",
    "deleted_ground": "#42202a",
}
_PAPER = {
    "primary": "#0b5cad",
    "accent": "#8a4b00",
    "foreground": "#1d2630",
    "background": "#fbfaf6",
    "surface": "#f2f0ea",
    "panel": "#e7e4db",
    "quiet": "#5a6570",
    "rule": "#c9c5b8",
    "picked": "#dce9f7",
    "added_ground": "#d8f0dd",
    "deleted_ground": "#fadcdc",
}
_INK_CONTRAST = _INK | {
    "primary": "#9ecbff",
    "accent": "#ffd84d",
    "foreground": "#ffffff",
    "background": "#000000",
    "surface": "#000000",
    "panel": "#1c1c1c",
    "quiet": "#d0d0d0",
    "rule": "#b0b0b0",
    "picked": "#002f6c",
    "added_ground": "#004010",
    "deleted_ground": "#580010",
}
_PAPER_CONTRAST = _PAPER | {
    "primary": "#003c8f",
    "accent": "#5c2e00",
    "foreground": "#000000",
    "background": "#ffffff",
    "surface": "#ffffff",
    "panel": "#eeeeee",
    "quiet": "#333333",
    "rule": "#555555",
    "picked": "#cfe4ff",
}

_ANSI = dict.fromkeys(
    ("foreground", "background", "surface", "panel", "added_ground", "deleted_ground", "picked"),
    "ansi_default",
) | {"primary": "ansi_blue", "quiet": "ansi_default", "rule": "ansi_bright_black"}

# Colours of several amendments in one text, apart from one another, from ink, and from what is put
# in and taken out. Of sixteen only four are, so that the fifth is the ink itself.
_WHOSE = {
    "ink": ("#5cb3ff", "#ffe600", "#ff66ff", "#00d9d9", "#b79cff"),
    "paper": ("#0055cc", "#a00090", "#7a4f00", "#006b75", "#6a1fe0"),
    "ink-contrast": ("#82caff", "#ffee00", "#ff9cff", "#00f0f0", "#c9b8ff"),
    "paper-contrast": ("#0000dd", "#86007a", "#573700", "#004f5c", "#4b0099"),
    "ink-blue-orange": ("#5fe05f", "#ff66ff", "#f2f23a", "#ff8fa8", "#33f0c8"),
    "paper-blue-orange": ("#006600", "#aa00bb", "#b30036", "#5500ee", "#006b5f"),
    "ansi-dark": (
        "ansi_bright_blue",
        "ansi_bright_yellow",
        "ansi_bright_magenta",
        "ansi_bright_cyan",
        "ansi_default",
    ),
    "ansi-light": (
        "ansi_blue",
        "ansi_magenta",
        "ansi_cyan",
        "ansi_bright_black",
        "ansi_default",
    ),
}
WHOSE = 5  # So many amendments have a colour of their own; of more, numbers tell.

THEMES: tuple[Theme, ...] = (
    _theme("ink", True, "#7bd88f", "#ff8f94", "#f2c14e", **_INK),
    _theme("paper", False, "#11662a", "#a8182b", "#8a4b00", **_PAPER),
    _theme("ink-contrast", True, "#6dff8b", "#ffa8a8", "#ffd84d", **_INK_CONTRAST),
    _theme("paper-contrast", False, "#00491a", "#8a0015", "#5c2e00", **_PAPER_CONTRAST),
    _theme(
        "ink-blue-orange",
        True,
        "#7cc0ff",
        "#ffb066",
        "#ffe08a",
        **_INK | {"added_ground": "#123354", "deleted_ground": "#4a2c0d"},
    ),
    _theme(
        "paper-blue-orange",
        False,
        "#004f9e",
        "#8f4700",
        "#6b5200",
        **_PAPER | {"added_ground": "#d5e7fb", "deleted_ground": "#fde3c8"},
    ),
    _theme(
        "ansi-dark",
        True,
        "ansi_green",
        "ansi_red",
        "ansi_yellow",
        **_ANSI | {"primary": "ansi_bright_cyan", "accent": "ansi_bright_yellow"},
    ),
    _theme(
        "ansi-light",
        False,
        "ansi_green",
        "ansi_red",
        "ansi_magenta",
        **_ANSI | {"accent": "ansi_magenta"},
    ),
)

Palette = dict[str, Style]


def ansi_of(name: str) -> str:
    """Returns the theme that stands for another where there are but sixteen colours."""
    dark = any(theme.dark for theme in THEMES if theme.name == name)
    return "ansi-dark" if dark else "ansi-light"


def palette(theme: Theme) -> Palette:
    """Returns how each role looks in `theme`."""

    def colour(value: str | None) -> Color:
        return Color.parse(value or "#808080")

    more = theme.variables
    ink = colour(theme.foreground)
    # Among sixteen colours none is sure to be quieter, or to stand behind all others.
    quiet = Style(foreground=colour(more.get("quiet", theme.foreground)), dim=theme.ansi)
    picked = Style(reverse=True) if theme.ansi else Style(background=colour(more["picked-ground"]))
    blurred = Style(bold=True) if theme.ansi else Style(background=colour(theme.panel))
    primary, accent = colour(theme.primary), colour(theme.accent)
    added, deleted = colour(theme.success), colour(theme.error)
    return {
        "quiet": quiet,
        "rule": Style(foreground=colour(more.get("rule", theme.foreground))),
        "strong": Style(foreground=ink, bold=True),
        "emphasis": Style(italic=True),
        "title": Style(foreground=primary, bold=True),
        "number": Style(foreground=primary),
        "key": Style(foreground=accent, bold=True),
        "mark": Style(foreground=accent, bold=True),
        "tag": Style(foreground=accent),
        "link": Style(foreground=primary, underline=True),
        "needle": Style(reverse=True, bold=True)
        if theme.ansi
        else Style(foreground=colour(theme.background), background=accent),
        "good": Style(foreground=added, bold=True),
        "bad": Style(foreground=deleted, bold=True),
        "warn": Style(foreground=colour(theme.warning), bold=True),
        "added": Style(
            foreground=added, background=colour(more.get("added-ground")), underline=True
        ),
        "deleted": Style(
            foreground=deleted, background=colour(more.get("deleted-ground")), strike=True
        ),
        "leaving": Style(
            foreground=deleted, background=colour(more.get("deleted-ground")), underline=True
        ),
        "added-mark": Style(foreground=added, background=colour(more.get("added-ground"))),
        "deleted-mark": Style(foreground=deleted, background=colour(more.get("deleted-ground"))),
        "picked": picked,
        "picked-blurred": blurred,
        "tab": Style(foreground=primary, bold=True, reverse=True)
        if theme.ansi
        else Style(foreground=colour(theme.background), background=primary, bold=True),
    } | _whose(theme)


def _whose(theme: Theme) -> Palette:
    """Returns how what one of several amendments brings and takes looks, and what names it."""
    found: Palette = {}
    for role in (f"whose-{at}" for at in range(WHOSE)):
        own = Color.parse(theme.variables[role])
        found |= {
            role: Style(foreground=own, bold=True),
            f"{role}-added": Style(foreground=own, underline=True),
            f"{role}-deleted": Style(foreground=own, strike=True),
        }
    return found
