"""Recognises the marks that begin a block of Markdown.

A line is a heading, a fence, a list marker or plain words by its first characters alone; what
they mean depends on where the line stands, and that is the scanner's business. All patterns are
possessive or bounded, so that no line, however made, takes more than linear time.

The rules are CommonMark's (0.31) with GitHub's tables, footnotes, and front matter.
"""

import re

HEADING = re.compile(r"(#{1,6})(?=[ \t]|$)")
CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")
FENCE = re.compile(r"(`{3,}+(?=[^`]*$)|~{3,}+)")
RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)$")
ITEM = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)])(?=[ \t]|$)")
SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
FRONT_MATTER = {
    "---": re.compile(r"""#|(?:[\w.-]++|"[^"]*+"|'[^']*+')[ \t]*+:(?:[ \t]|$)"""),
    "+++": re.compile(r"""#|\[|(?:[\w.-]++|"[^"]*+")[ \t]*+="""),
}
FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,200}\]:")
DELIMITER = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
# A definition may put its address, and its title, on a line of their own.
DEFINITION = re.compile(
    r"\[(?!\^)(?:[^\[\]\\]|\\.){1,999}+\]:[ \t]*+(<(?!!--)[^<>]*+>|[^\s<]\S*+)?+(.*)$"
)
TITLE = re.compile(r"""[ \t]*+(?:"[^"]*+"|'[^']*+'|\([^()]*+\))[ \t]*+$""")
ADDRESS = re.compile(r"(?:<[^<>]*+>|[^\s<]\S*+)(.*)$")

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|"
    "header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|"
    "param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_RAW = re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_TAGS})(?=[\s>]|/>|$)", re.IGNORECASE)
_LONE_TAG = re.compile(
    r"(?:<[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"\s*+/?>|</[A-Za-z][A-Za-z0-9-]*+\s*+>)\s*+$"
)
_RAW_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_DECLARATION = re.compile("<![A-Za-z]")
_COMMENT_END = re.compile("-->")
_INSTRUCTION_END = re.compile(r"\?>")
_DECLARATION_END = re.compile(">")
_CDATA_END = re.compile("]]>")
UNTIL_BLANK = re.compile(r"(?!)")


def html_end(rest: str, interrupting: bool) -> re.Pattern[str] | None:
    """Returns what ends the HTML block that `rest` begins, or None where it begins none.

    `UNTIL_BLANK` never matches: such a block ends at a blank line.
    """
    if rest[:1] != "<":
        return None
    if rest.startswith("<!--"):
        return _COMMENT_END
    if rest.startswith("<?"):
        return _INSTRUCTION_END
    if rest.startswith("<![CDATA["):
        return _CDATA_END
    if _DECLARATION.match(rest):
        return _DECLARATION_END
    if _RAW.match(rest):
        return _RAW_END
    if _BLOCK_TAG.match(rest) or (not interrupting and _LONE_TAG.match(rest)):
        return UNTIL_BLANK
    return None


def _bars(row: str) -> int:
    """Returns how many bars part the cells of a table's row."""
    row = row.strip(" \t").replace("\\|", "")
    return row.removeprefix("|").removesuffix("|").count("|")


def begins_table(row: str, below: str) -> bool:
    """Whether `row` is the head of a table, which the line below it shows."""
    # Below words, "- | -" begins a list.
    if "|" not in row or not DELIMITER.match(below) or ITEM.match(below):
        return False
    return _bars(row) == _bars(below)


# The characters that a line must begin with to be anything but plain words.
STARTERS = frozenset("#`~*-_+>=<|:[0123456789")


def interrupts(rest: str, sibling: bool = False) -> bool:
    """Whether a line of such words ends the paragraph before it.

    `sibling` says that the line stands left of the list item that the paragraph is in: there any
    list marker counts, elsewhere only one with words behind it, and of numbers only 1.
    """
    first = rest[:1]
    if first not in STARTERS:
        return False
    if first == ">" or HEADING.match(rest) or FENCE.match(rest) or RULE.match(rest):
        return True
    if first == "<":
        return html_end(rest, interrupting=True) is not None
    marker = ITEM.match(rest)
    if marker is None:
        return False
    if sibling:
        return True
    return rest[marker.end() :].strip(" \t") != "" and (marker[1] is None or int(marker[1]) == 1)
