"""Readies words to be recorded: nobody may write what others cannot see."""

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import Text, find_hidden, find_revealed


def refuse_hidden(words: str, what: str, where: str = "", known: str | None = None) -> None:
    """Raises Refused "hidden-characters" where words hold any, naming the first and its line.

    `what` says in a sentence what the words are: "The title". Tokens are no better where `known`,
    the words that are to be replaced, do not have them.
    """
    for found in find_hidden(words)[:1]:
        line = words.count("\n", 0, found.offset) + 1
        called = f"U+{found.codepoint:04X} {found.name}"
        raise _hidden(what, called, f"{where}:{line}" if where else "")
    for token in find_revealed(words) if known is not None else ():
        if token not in (known or ""):
            raise _hidden(what, token, where)


def _hidden(what: str, called: str, where: str) -> Refused:
    return Refused(
        "hidden-characters",
        f"{what} holds a hidden character: {called}.",
        "Take it out: what people agree on must be what they see.",
        where,
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
