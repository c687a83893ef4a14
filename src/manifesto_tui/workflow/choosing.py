"""Chooses which files of a repository are the text, when it is adopted."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from manifesto_tui.governance.phrases import abridged
from manifesto_tui.governance.problem import BadInput

_NOT_TEXT = re.compile(
    r"(?i)^(readme|contributing|changelog|changes|code_of_conduct|security|licen[cs]e.*|authors)\.md$"
)
_LIKELY = ("manifesto.md", "docs/manifesto.md", "doc/manifesto.md", "text/manifesto.md")


def chosen_paths(markdown: Sequence[str], globs: Sequence[str]) -> tuple[str, ...]:
    """Returns which of these files are the text, in reading order.

    With globs, what each matches, in the order of the globs and of the names. Without, the file
    called manifesto.md, else the only one that is not a readme or its like.

    Raises BadInput "no-text" where there is none, "text-ambiguous" where several could be meant.
    """
    if globs:
        found: dict[str, None] = {}
        for glob in globs:
            matched = sorted(p for p in markdown if _matches(p, glob))
            if not matched:
                raise BadInput(
                    "no-text",
                    f"No committed Markdown file matches “{glob}”.",
                    f"There are: {abridged(markdown, 6)}." if markdown else "There is none at all.",
                )
            found.update(dict.fromkeys(matched))
        return tuple(found)
    for likely in _LIKELY:
        exact = [p for p in markdown if p.casefold() == likely]
        if exact:
            return (exact[0],)
    others = [p for p in markdown if not _NOT_TEXT.match(PurePosixPath(p).name)]
    if len(others) == 1:
        return (others[0],)
    if not others:
        raise BadInput(
            "no-text",
            "There is no Markdown file in this repository that could be the text.",
            "Commit one, or found a new manifesto with `manifesto-tui init`.",
        )
    raise BadInput(
        "text-ambiguous",
        f"{len(others)} files could be the text: {abridged(others, 6)}.",
        "Say which: `--text GLOB`, once or more, in reading order.",
    )


def _matches(path: str, glob: str) -> bool:
    """Tells whether a path matches from the root; `*` stays in a folder, `**` goes through."""
    return _match_parts(path.split("/"), glob.removeprefix("./").split("/"))


def _match_parts(parts: Sequence[str], globs: Sequence[str]) -> bool:
    if not globs:
        return not parts
    if globs[0] == "**":
        rests = (parts[at:] for at in range(len(parts) + 1))
        return any(_match_parts(rest, globs[1:]) for rest in rests)
    return bool(parts) and fnmatchcase(parts[0], globs[0]) and _match_parts(parts[1:], globs[1:])
