"""Shortens words to be quoted within a sentence.

>>> shortened("The  basics come before new ideas.", 20)
'The basics come bef…'
"""

from manifesto_tui.prose.hidden import reveal


def shortened(words: str, most: int = 60) -> str:
    """Returns words on one line, with single spaces, cut to at most so many characters.

    What hides in them is written out first: some of it would pass for a space.
    """
    words = " ".join(reveal(words).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
