"""Names what a YAML file of the record is made of."""

from collections.abc import Callable


class Node:
    """One value in a file: a string, a list or a map, and where it and its key stand.

    Not frozen, since it is filled while a file is read; it never leaves `record`.
    """

    __slots__ = ("column", "key_column", "key_line", "line", "value")

    def __init__(
        self,
        value: "str | list[Node] | dict[str, Node]",
        line: int,
        column: int,
        key_line: int = 0,
        key_column: int = 0,
    ) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.key_line = key_line
        self.key_column = key_column

    def bare(self, told: Callable[[str], str] = str) -> object:
        """Returns strings, as told, lists and maps without places, to compare two readings by."""
        if isinstance(self.value, dict):
            return {key: node.bare(told) for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.bare(told) for node in self.value]
        return told(self.value)
