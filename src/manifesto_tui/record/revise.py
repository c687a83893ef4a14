"""Changes a file that a person wrote, and leaves their comments, order and spelling alone.

Only the keys whose values differ are written anew; every other line stays as it was, to the
byte, with what hides in it, since a value is read with that written out. A comment at the end of
a value's line stays beside the new one, and in a list beside the entry that stays:

    threshold: more than 1/2 of votes cast  # simple
    threshold: at least 2/3 of for and against  # simple
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import indent

from manifesto_tui.prose import reveal
from manifesto_tui.record import yaml
from manifesto_tui.record.node import Node

_MANY = 40  # So many marks of comments in one value are looked at, each by reading it once more.
_ENTRY = re.compile(r"(\s*-\s+)\S")


def revise(path: str, data: bytes, wanted: Mapping[str, yaml.Value]) -> bytes:
    """Returns the file with the keys that differ set as wanted, and keys not wanted taken out.

    Where the file cannot be read, or cannot be changed in this way, it is written whole.
    """
    whole = yaml.write(wanted)
    meant = yaml.read(path, whole.encode())
    try:
        held = yaml.read(path, data)
    except yaml.Unreadable:
        return whole.encode()
    lines = data.decode().splitlines(keepends=True)
    for with_comments in (True, False):
        made = "".join(_map(lines, 0, len(lines), held, meant, wanted, with_comments)).encode()
        try:
            # As whoever reads it sees it: what hides is written out.
            if yaml.read(path, made).bare(reveal) == meant.bare(reveal):
                return made
        except yaml.Unreadable:
            pass
    return whole.encode()


def _map(
    lines: list[str],
    first: int,
    end: int,
    held: Node,
    meant: Node,
    wanted: Mapping[str, yaml.Value],
    with_comments: bool,
) -> list[str]:
    """Returns the lines from `first` to `end`, which hold a map, with its keys as wanted."""
    if not isinstance(held.value, dict) or not isinstance(meant.value, dict):
        return lines[first:end]
    keys = sorted(held.value.items(), key=lambda item: item[1].key_line)
    starts = [node.key_line - 1 for _, node in keys]
    before = lines[starts[0]][: keys[0][1].key_column - 1] if keys else ""
    margin = "" if before.strip() else before
    made = lines[first : starts[0]] if keys else lines[first:end]
    for (key, node), at, until in zip(keys, starts, [*starts[1:], end], strict=False):
        last = _last_of(lines, at, until, len(margin))
        own = lines[at:last]
        if key not in meant.value:
            made += _above(own, margin) if with_comments else []
        elif node.bare(reveal) == meant.value[key].bare(reveal):
            made += _ended(own)
        else:
            fresh = indent(yaml.write({key: wanted[key]}), margin).splitlines(keepends=True)
            value, new = wanted[key], meant.value[key]
            if not with_comments:
                made += fresh
            elif isinstance(value, Mapping) and _is_below(node):
                made += [*own[:1], *_map(lines, at + 1, last, node, new, value, True)]
            else:
                made += _list(own, at, node, value) or _beside(own, fresh, margin)
        made += lines[last:until]
    new_keys = {key: value for key, value in wanted.items() if key not in held.value}
    more = indent(yaml.write(new_keys), margin).splitlines(keepends=True) if new_keys else []
    return [*_ended(made), *more] if more else made


def _last_of(lines: list[str], first: int, end: int, margin: int) -> int:
    """Returns where a value ends: before the comments and blank lines that lead to the next key."""
    last = end
    while last > first + 1 and _leads(lines[last - 1], margin):
        last -= 1
    return last


def _leads(line: str, margin: int) -> bool:
    words = line.lstrip()
    return not words or (words.startswith("#") and len(line) - len(words) <= margin)


def _ended(lines: list[str]) -> list[str]:
    """Returns lines of which the last one ends as well."""
    return [*lines[:-1], lines[-1].rstrip("\n") + "\n"] if lines else []


def _is_below(node: Node) -> bool:
    """Whether a value is a map that is set out below its key."""
    held = node.value if isinstance(node.value, dict) else {}
    return bool(held) and all(inner.key_line > node.key_line for inner in held.values())


def _list(own: list[str], at: int, node: Node, value: yaml.Value) -> list[str]:
    """Returns the lines of a list, set out below its key, with the entries wanted.

    An entry that stays keeps its lines. What stands in lines of its own above one that goes
    stays too. Nothing comes back for whatever is no such list.
    """
    items, rest = _items(own, at, node)
    wanted = [] if isinstance(value, str) or not isinstance(value, Sequence) else list(value)
    said = [entry for entry in wanted if isinstance(entry, str) and "\n" not in entry]
    if not (items and said and len(said) == len(wanted)):
        return []
    left = list(range(len(items)))
    stays: list[int | None] = []
    for entry in said:
        stays.append(next((n for n in left if items[n].said == reveal(entry)), None))
        left = [n for n in left if n != stays[-1]]
    made, told = own[:1], 0
    for entry, stay in zip(said, stays, strict=True):
        if stay is None:
            made.append(items[0].hyphen + yaml.write({"": entry}).removeprefix('"": '))
            continue
        made += [line for n in left if told <= n < stay for line in items[n].above]
        made += _ended([*items[stay].above, *items[stay].lines])
        told = max(told, stay)
    return [*made, *(line for n in left if n >= told for line in items[n].above), *rest]


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of a list in lines of its own: what stands above it, those lines, what it says."""

    above: list[str]
    lines: list[str]
    hyphen: str
    said: object


def _items(own: list[str], at: int, node: Node) -> tuple[list[_Item], list[str]]:
    """Returns a list's entries and what stands below them; none where they share lines."""
    held = node.value if isinstance(node.value, list) else []
    heads = [item.line - 1 - at for item in held]
    found = [match for n in heads if 0 < n < len(own) and (match := _ENTRY.match(own[n]))]
    if not len(found) == len(set(heads)) == len(held):
        return [], []
    begins = [_last_of(own, 0, n, len(own[0]) + max(map(len, own))) for n in [*heads, len(own)]]
    parts = zip(pairwise(begins), heads, found, held, strict=True)
    items = [
        _Item(own[begin:head], own[head:end], match[1], item.bare(reveal))
        for (begin, end), head, match, item in parts
    ]
    return items, own[begins[-1] :]


def _beside(own: list[str], fresh: list[str], margin: str) -> list[str]:
    """Returns a value written anew with the comments that stood beside and within it."""
    ends = [s for n, s in _comments(own).items() if not own[n].lstrip().startswith("#")]
    said = ends[0] if ends else ""
    return [*_above(own, margin), fresh[0].rstrip("\n") + said + "\n", *fresh[1:]]


def _above(own: list[str], margin: str) -> list[str]:
    """Returns the comments that have lines of their own within a value, to stand above it."""
    found = _comments(own).items()
    return [f"{margin}{said.strip()}\n" for n, said in found if own[n].lstrip().startswith("#")]


def _comments(own: list[str]) -> dict[int, str]:
    """Returns the comment in each line of a value, with the space before it.

    What stands from a mark on is a comment where the value says the same without it.
    """
    if not 0 < "".join(own).count("#") <= _MANY:
        return {}
    found = {}
    try:
        says = yaml.read("", "".join(own).encode()).bare()
    except yaml.Unreadable:
        return {}
    for n, line in enumerate(own):
        for mark in re.finditer(r"(?:^|(?<=\s))#", line):
            code = line[: mark.start()].rstrip()
            try:
                cut = "".join([*own[:n], f"{code}\n", *own[n + 1 :]])
                if yaml.read("", cut.encode()).bare() == says:
                    found[n] = line[len(code) :].rstrip()
                    break
            except yaml.Unreadable:
                continue
    return found
