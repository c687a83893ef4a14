"""Says counts, lists of names and quotations as sentences do.

>>> counted(1, "vote"), counted(2, "proxy", "proxies"), counted(1_200, "act")
('1 vote', '2 proxies', '1,200 acts')
>>> listed(["for", "against", "abstain"], "or")
'for, against or abstain'
>>> abridged(["a", "b", "c", "d"], 2)
'a, b and 2 more'
>>> capital("open"), quoted("Found “Ours”")
('Open', '“Found ‘Ours’”')
"""

from collections.abc import Sequence

_SINGLE = str.maketrans("“”", "‘’")


def counted(count: int, thing: str, things: str = "") -> str:
    """Returns a count in figures with its noun, `things` where the plural is not `thing` + s."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Returns names with commas, and a word before the last."""
    *before, last = names or ("",)
    return f"{', '.join(before)} {joint} {last}" if before else last


def abridged(names: Sequence[str], most: int) -> str:
    """Returns the first `most` names with commas, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def capital(words: str) -> str:
    """Returns words with a capital at their beginning, and the rest as it was."""
    return words[:1].upper() + words[1:]


def quoted(words: str) -> str:
    """Returns words in quotation marks; those that they hold become single ones."""
    return f"“{words.translate(_SINGLE)}”"
