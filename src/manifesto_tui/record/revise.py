"""Changes a file that a person wrote, and leaves their comments, order and spelling alone.

Only the keys whose values differ are written anew; every other line stays as it was, to the
byte, with what hides in it, since a value is read with that written out. Works on the keys at the
top of a file, which is as deep as the program ever edits one.
"""

from collections.abc import Mapping

from manifesto_tui.prose import reveal
from manifesto_tui.record import yaml
from manifesto_tui.record.node import Node


def revise(path: str, data: bytes, wanted: Mapping[str, yaml.Value]) -> bytes:
    """Returns the file with the keys that differ set as wanted, and keys not wanted taken out.

    Where the file cannot be read, or cannot be changed in this way, it is written whole.
    """
    whole = yaml.write(wanted)
    meant = yaml.read(path, whole.encode())
    try:
        held = yaml.read(path, data)
        made = _revised(data.decode(), held, meant, wanted)
        # As whoever reads it sees it: what hides is written out.
        if yaml.read(path, made.encode()).bare(reveal) == meant.bare(reveal):
            return made.encode()
    except yaml.Unreadable:
        pass
    return whole.encode()


def _revised(source: str, held: Node, meant: Node, wanted: Mapping[str, yaml.Value]) -> str:
    lines = source.splitlines(keepends=True)
    if not isinstance(held.value, dict) or not isinstance(meant.value, dict):
        return source
    starts = sorted(node.key_line for node in held.value.values())
    ends = dict(zip(starts, [*starts[1:], len(lines) + 1], strict=True))
    made = "".join(lines[: starts[0] - 1]) if starts else source
    for key, node in sorted(held.value.items(), key=lambda item: item[1].key_line):
        first, end = node.key_line - 1, ends[node.key_line] - 1
        last = _last_of(lines, first, end)
        if key in meant.value:
            same = node.bare(reveal) == meant.value[key].bare(reveal)
            own = "".join(lines[first:last]) if same else yaml.write({key: wanted[key]})
            made += own if own.endswith("\n") else own + "\n"
        made += "".join(lines[last:end])
    new = {key: value for key, value in wanted.items() if key not in held.value}
    return made + (yaml.write(new) if new else "")


def _last_of(lines: list[str], first: int, end: int) -> int:
    """Returns where a value ends: before the comments and blank lines that lead to the next key."""
    last = end
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return last
