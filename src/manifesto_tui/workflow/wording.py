"""Readies words to be recorded: nobody may write what others cannot see."""

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import Text, find_hidden


def refuse_hidden(words: str, what: str, where: str = "") -> None:
    """Raises Refused "hidden-characters" where words hold any, naming the first and its line.

    `what` says in a sentence what the words are: "The title".
    """
    found = find_hidden(words)
    if found:
        line = words.count("\n", 0, found[0].offset) + 1
        raise Refused(
            "hidden-characters",
            f"{what} holds a hidden character: U+{found[0].codepoint:04X} {found[0].name}.",
            "Take it out: what people agree on must be what they see.",
            f"{where}:{line}" if where else "",
        )


def one_line(words: str) -> str:
    """Returns words as one line, with single spaces, as titles and names are kept."""
    return " ".join(words.split())


def commit_message(words: str, body: str) -> str:
    """Returns what a commit says: a first line of at most 72 characters, then the body."""
    short = words if len(words) <= 72 else words[:71] + "…"
    return f"{short}\n\n{body.strip()}" if body.strip() else short


def changed_files(before: Text, after: Text) -> dict[str, bytes]:
    """Returns the files of the text that read otherwise after than before, as bytes by path."""
    old = before.sources
    return {p: s.encode("utf-8") for p, s in after.sources.items() if s != old.get(p)}
