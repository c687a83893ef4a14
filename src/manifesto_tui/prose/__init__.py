"""Says what a text is: its clauses and words, how two texts differ, and how changes unite.

Pure: strings in, values out; nothing here reads a file or knows of git, members or votes.
Anything may import this room; it imports none of the others. It must never raise on any text,
however made, nor take more than linear time and memory to read it.
"""

from manifesto_tui.prose.anchor import next_anchor
from manifesto_tui.prose.change import ChangeKind, ClauseChange, Weight
from manifesto_tui.prose.clause import Block, Clause, Kind, Outline, Text
from manifesto_tui.prose.compare import apply, compare, compare_texts
from manifesto_tui.prose.contributions import Contribution, contributions
from manifesto_tui.prose.edit import delete_clause, insert_clause, replace_clause
from manifesto_tui.prose.hidden import (
    Hidden,
    conceal,
    escape_in_json,
    find_hidden,
    find_revealed,
    reveal,
    reveal_line,
    without_hidden,
)
from manifesto_tui.prose.lookalike import LookAlike, find_look_alikes
from manifesto_tui.prose.merge import Conflict, Merge, merge
from manifesto_tui.prose.naming import anchor_text, principle_slug, without_anchors
from manifesto_tui.prose.outline import parse, read_text
from manifesto_tui.prose.plainer import Plainer, plainer
from manifesto_tui.prose.sentence import sentences
from manifesto_tui.prose.shortening import shortened
from manifesto_tui.prose.slug import slug_of
from manifesto_tui.prose.speech import citations, count_words, plain
from manifesto_tui.prose.weight import by_weight
from manifesto_tui.prose.words import word_diff
from manifesto_tui.prose.write import read_block, write_block

__all__ = [
    "Block",
    "ChangeKind",
    "Clause",
    "ClauseChange",
    "Conflict",
    "Contribution",
    "Hidden",
    "Kind",
    "LookAlike",
    "Merge",
    "Outline",
    "Plainer",
    "Text",
    "Weight",
    "anchor_text",
    "apply",
    "by_weight",
    "citations",
    "compare",
    "compare_texts",
    "conceal",
    "contributions",
    "count_words",
    "delete_clause",
    "escape_in_json",
    "find_hidden",
    "find_look_alikes",
    "find_revealed",
    "insert_clause",
    "merge",
    "next_anchor",
    "parse",
    "plain",
    "plainer",
    "principle_slug",
    "read_block",
    "read_text",
    "replace_clause",
    "reveal",
    "reveal_line",
    "sentences",
    "shortened",
    "slug_of",
    "without_anchors",
    "without_hidden",
    "word_diff",
    "write_block",
]
