"""Changes one value in a TOML file that a person wrote, and leaves their comments alone.

with_value('theme = "ink"  # mine', "", "theme", '"paper"')     # theme = "paper"  # mine
"""

import re
import tomllib
from collections.abc import Iterable

_VALUE = r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\[[^\]\n]*\]|[^\s#,"'\[{]+"""


def with_value(source: str, table: str, name: str, value: str | None) -> str:
    """Returns TOML in which one value is another, everything else to the letter as it was.

    `value` is TOML, None to take the line out. Raises tomllib.TOMLDecodeError where the source
    cannot be read, or would then not say exactly that.

    >>> with_value('theme = "ink"  # mine\\n', "", "theme", '"paper"')
    'theme = "paper"  # mine\\n'
    """
    wanted = _wanted(tomllib.loads(source), table, name, value)
    lines = source.splitlines(keepends=True)
    begin, end = _range(lines, table)
    line = re.compile(rf"""(\s*(?:{re.escape(name)}|["']{re.escape(name)}["'])\s*=\s*)({_VALUE})""")
    at = next((i for i in range(begin, end) if line.match(lines[i])), None)
    if at is not None and value is None:
        del lines[at]
    elif at is not None:
        lines[at] = line.sub(lambda found: f"{found[1]}{value}", lines[at], count=1)
    elif value is not None:
        _add(lines, table, begin, end, f"{_bare(name)} = {value}\n")
    new = "".join(lines)
    if tomllib.loads(new) != wanted:
        raise tomllib.TOMLDecodeError("the value spans lines, or stands in a table of its own")
    return new


def _wanted(
    found: dict[str, object], table: str, name: str, value: str | None
) -> dict[str, object]:
    inner = found
    if table:
        inside = found.setdefault(table, {}) if value is not None else found.get(table, {})
        inner = inside if isinstance(inside, dict) else {}
    if value is None:
        inner.pop(name, None)
    else:
        inner[name] = tomllib.loads(f"value = {value}")["value"]
    return found


def _range(lines: list[str], table: str) -> tuple[int, int]:
    heads = [i for i, line in enumerate(lines) if re.match(r"\s*\[", line)]
    if not table:
        return 0, heads[0] if heads else len(lines)
    head = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]")
    for number, at in enumerate(heads):
        if head.match(lines[at]):
            return at + 1, heads[number + 1] if number + 1 < len(heads) else len(lines)
    return len(lines), len(lines)


def _add(lines: list[str], table: str, begin: int, end: int, line: str) -> None:
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if table and begin == end == len(lines) and not _has_table(lines, table):
        lines += (["\n"] if lines else []) + [f"[{table}]\n", line]
        return
    while end > begin and not lines[end - 1].strip():
        end -= 1
    lines.insert(end, line)


def _has_table(lines: Iterable[str], table: str) -> bool:
    return any(re.match(rf"\s*\[\s*{re.escape(table)}\s*\]", line) for line in lines)


def _bare(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'
