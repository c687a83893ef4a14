"""Reads the inline Markdown of a clause, character by character.

A redline must say for each character of the source what it shows and how, since words may come
and go inside emphasis, and a link may change its target without changing a word. So this gives
one entry for each character, and every format renders the same entries.

    >>> runs("We **publish** it [@wachter-2016].")[1]
    ('publish', Style(strong=True, emphasis=False, code=False, strike=False, cite=False, link=''))

Follows CommonMark for what manifestos use: emphasis, code, links, breaks, escapes. A tag or a
comment is shown as it is typed, and so is a link to anywhere but the web, mail or a clause:
what people vote on is what they see.
"""

import re
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

import regex

from manifesto_tui.prose import reveal
from manifesto_tui.prose.anchor import code_spans
from manifesto_tui.prose.speech import CITATION_KEY, ENTITIES, UNSPACED


@dataclass(frozen=True, slots=True)
class Style:
    """How characters are set; `link` is where they lead, "" for nowhere."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    strike: bool = False
    cite: bool = False
    link: str = ""


PLAIN = Style()
Shown = tuple[str, Style]
"""What one character of the source shows: "" for nothing, one character or a few."""

_BUSY = re.compile(r"[\\`*_~<&\[\]\n]|://")
_MARK = re.compile(
    r"(?P<hard>(?: {2,}|\\)\n[ \t]*+)"
    r"|(?P<soft>[ \t]?\n[ \t\n]*+)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<comment><!--(?:[^-<]|-(?!->)){0,2000}+-->)"
    r"|<(?P<auto>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+)>"
    r"|(?P<br><[bB][rR]\s{0,9}/?>)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]{0,2000})?+/?>)"
    r"|(?P<bare>https?://[^\s<>\[\]*`]++)"
    r"|(?P<cite>\[[^\[\]\n]{1,1000}+\](?![(\[]))"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])(?P<target>\([ \t]{0,99}(?:<(?P<pointy>[^<>\n]{0,2000})>"
    r"|(?P<bald>[^\s()]{0,2000}+(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,20}+))"
    r"(?:\s{1,99}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,99}\))?"
    r"|(?P<emphasis>\*++|_++|~~(?!~))"
    r"|(?P<entity>&(?:amp|lt|gt|quot|nbsp|copy|mdash|ndash|hellip|\#39);)"
)
_SAFE = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+|#[a-z0-9][a-z0-9-]{0,63})\Z", re.IGNORECASE)
_OPEN_AT_ONCE = 64  # Deeper than anyone writes, and few enough to look through.
_TAIL = ".,;:!?'\")”’"
_UNSPACED = regex.compile(f"[{UNSPACED}]")


def runs(text: str) -> list[Shown]:
    """Returns what a clause shows, as stretches of equal style."""
    if not _BUSY.search(text):
        return [(text, PLAIN)] if text else []
    return joined(shown(text))


def joined(entries: list[Shown]) -> list[Shown]:
    """Returns entries as stretches of equal style, those that show nothing left out."""
    visible = (entry for entry in entries if entry[0])
    return [
        ("".join(text for text, _ in stretch), style)
        for style, stretch in groupby(visible, key=itemgetter(1))
    ]


def words_of(text: str) -> str:
    """Returns what a clause shows, without how."""
    return "".join(words for words, _ in runs(text))


def shown(text: str, targets: bool = False) -> list[Shown]:
    """Returns what each character of `text` shows; `targets` shows where links lead as well."""
    if not _BUSY.search(text):
        return [(character, PLAIN) for character in text]
    return _Reader(text, targets).read()


def link_targets(text: str) -> tuple[str, ...]:
    """Returns everything in a clause that says where its links lead, in order."""
    return tuple(m["target"] for m in _MARK.finditer(text) if m["target"])


def verbatim(text: str) -> list[Shown]:
    """Returns each character as it is, for code, tables and HTML."""
    return [(character, PLAIN) for character in text]


def safe_target(target: str) -> str:
    """Returns a link's target where it may be followed: the web, mail or a clause; else ""."""
    return target if _SAFE.match(target) and reveal(target) == target else ""


class _Reader:
    """One pass over one clause: `words` and `styles` have an entry for each character."""

    def __init__(self, text: str, targets: bool) -> None:
        self.text = text
        self.targets = targets
        self.words = list(text)
        self.styles = [PLAIN] * len(text)
        self.brackets: list[tuple[int, int]] = []  # where an opening bracket begins and ends
        self.openers: list[list[int]] = []  # emphasis yet to be closed: place, marks left

    def read(self) -> list[Shown]:
        at = 0
        for start, end in code_spans(self.text) if "`" in self.text else []:
            self._marks(at, start)
            width = end - start - len(self.text[start:end].lstrip("`"))
            self._hide(start, start + width)
            self._hide(end - width, end)
            self._set(start, end, code=True)
            for place in range(start + width, end - width):
                if self.text[place] == "\n":
                    self.words[place] = " "
            at = end
        self._marks(at, len(self.text))
        return list(zip(self.words, self.styles, strict=True))

    def _marks(self, at: int, until: int) -> None:
        while at < until:
            found = _MARK.search(self.text, at, until)
            if found is None:
                return
            at = found.end()
            kind = "close" if found["close"] else found.lastgroup or ""
            at = getattr(self, f"_{kind}")(found) or at

    def _hide(self, start: int, end: int) -> None:
        self.words[start:end] = [""] * (end - start)

    def _set(self, start: int, end: int, **changes: object) -> None:
        cache: dict[Style, Style] = {}
        for place in range(start, end):
            style = self.styles[place]
            if style not in cache:
                cache[style] = replace(style, **changes)  # type: ignore[arg-type]
            self.styles[place] = cache[style]

    def _instead(self, found: re.Match[str], words: str) -> None:
        self._hide(*found.span())
        self.words[found.start()] = words

    def _hard(self, found: re.Match[str]) -> None:
        self._instead(found, "\n")

    def _soft(self, found: re.Match[str]) -> None:
        before, after = self.text[: found.start()][-1:], self.text[found.end() :][:1]
        if found[0].count("\n") > 1:
            self._instead(found, "\n")
        else:
            # A broken line joins without a space in a script that is written without them.
            tight = _UNSPACED.match(before) and _UNSPACED.match(after)
            self._instead(found, "" if tight else " ")

    def _escaped(self, found: re.Match[str]) -> None:
        self._hide(found.start(), found.start() + 1)

    def _comment(self, found: re.Match[str]) -> None:
        self._set(*found.span(), code=True)

    _tag = _comment

    def _auto(self, found: re.Match[str]) -> None:
        target = safe_target(found["auto"])
        if target:
            self._hide(found.start(), found.start() + 1)
            self._hide(found.end() - 1, found.end())
            self._set(*found.span(), link=target)

    def _br(self, found: re.Match[str]) -> None:
        self._instead(found, "\n")

    def _bare(self, found: re.Match[str]) -> int:
        end = found.end()
        while self.text[end - 1] in _TAIL:
            if self.text[end - 1] == ")" and "(" in self.text[found.start() : end]:
                break
            end -= 1
        if safe_target(self.text[found.start() : end]):
            self._set(found.start(), end, link=self.text[found.start() : end])
        return max(end, found.start() + 1)

    def _cite(self, found: re.Match[str]) -> int | None:
        keys = list(CITATION_KEY.finditer(self.text, *found.span()))
        if not keys:
            self.brackets.append((found.start(), found.start() + 1))
            return found.start() + 1
        self._set(*found.span(), cite=True)
        for key in keys:
            self._hide(key.start(), key.start() + 1)
            self._set(key.start(1), key.end(1), link=f"#source-{key[1]}")
        return None

    def _open(self, found: re.Match[str]) -> None:
        self.brackets.append(found.span())

    def _close(self, found: re.Match[str]) -> int | None:
        start, end = self.brackets.pop() if self.brackets else (-1, -1)
        if start < 0 or found["target"] is None:
            return found.start("close") + 1
        target = safe_target(found["pointy"] or found["bald"] or "")
        if not target:
            return found.end()
        self._hide(start, end)
        if self.targets:
            self.words[found.start()] = " "
        else:
            self._hide(*found.span())
        self._set(end, found.start(), link=target)
        return found.end()

    def _entity(self, found: re.Match[str]) -> None:
        self._instead(found, ENTITIES[found[0]])

    def _emphasis(self, found: re.Match[str]) -> None:
        start, end = found.span()
        mark = found[0][0]
        before = self.text[start - 1] if start else " "
        after = self.text[end] if end < len(self.text) else " "
        left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
        right = not before.isspace() and (
            not _is_mark(before) or after.isspace() or _is_mark(after)
        )
        opens = left and (mark != "_" or not right or _is_mark(before))
        closes = right and (mark != "_" or not left or _is_mark(after))
        at = self._closed(start, end, mark) if closes else start
        if opens and at < end:
            self.openers.append([at, end])
            del self.openers[:-_OPEN_AT_ONCE]

    def _closed(self, at: int, end: int, mark: str) -> int:
        """Closes what these marks can close, and returns where the marks that are left begin."""
        while at < end:
            found = next(
                (
                    n
                    for n in reversed(range(len(self.openers)))
                    if self.text[self.openers[n][0]] == mark
                ),
                None,
            )
            if found is None:
                return at
            opener = self.openers[found]
            del self.openers[found + 1 :]
            count = 2 if mark == "~" or min(opener[1] - opener[0], end - at) > 1 else 1
            self._hide(opener[1] - count, opener[1])
            self._hide(at, at + count)
            change = "strike" if mark == "~" else "strong" if count == 2 else "emphasis"
            self._set(opener[1], at, **{change: True})
            opener[1] -= count
            at += count
            if opener[0] == opener[1]:
                self.openers.pop()
        return at


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
