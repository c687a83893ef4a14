"""Renders the text and its changes as JSON and CSV, for other programs.

`docs/json.md` describes the shapes; they are kept.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from manifesto_tui.prose import ClauseChange, Text, count_words, plain, reveal
from manifesto_tui.publish.document import Provenance

Json = dict[str, object]
# What begins a formula, as it is and as the wide signs that some spreadsheets take for the same.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def text_document(text: Text, provenance: Provenance) -> Json:
    """Returns the whole text as one JSON document: its provenance, and every clause."""
    return {
        "title": provenance.title,
        "language": provenance.language,
        "licence": provenance.licence,
        "state": provenance.state,
        "edition": provenance.edition,
        "commit": provenance.commit,
        "text": provenance.digest,
        "published": provenance.published,
        "verified": provenance.verified,
        "clauses": [
            {
                "number": clause.number,
                "anchor": clause.anchor,
                "block": clause.kind,
                "depth": clause.depth,
                "path": path,
                "text": clause.text,
                "plain": plain(clause.text),
            }
            for path, clause in text
        ],
    }


def changes_document(changes: Sequence[ClauseChange], from_: str, to: str) -> Json:
    """Returns a comparison as the JSON document that `diff --json` prints."""
    return {
        "from": from_,
        "to": to,
        "changes": [change_document(change) for change in changes],
        "stat": stat(changes),
    }


def change_document(change: ClauseChange) -> Json:
    """Returns one clause's change; joining the "=" and "-" words gives `was`, "=" and "+" `now`."""
    return {
        "kind": change.kind,
        "block": change.block,
        "clause": change.clause,
        "path": change.path,
        "number": change.number,
        "weight": change.weight,
        "was": change.was,
        "now": change.now,
        "words": [[op, words] for op, words in change.words],
    }


def stat(changes: Iterable[ClauseChange]) -> dict[str, int]:
    """Returns how many clauses changed in which way, and how many words came and went."""
    counts = {"replaced": 0, "inserted": 0, "deleted": 0, "moved": 0, "split": 0, "merged": 0}
    added = removed = 0
    for change in changes:
        counts[change.kind] += 1
        added += sum(count_words(words) for op, words in change.words if op == "+")
        removed += sum(count_words(words) for op, words in change.words if op == "-")
    return {**counts, "words_added": added, "words_removed": removed}


def clauses_csv(text: Text, provenance: Provenance) -> str:
    """Returns one row a clause, safe to open in a spreadsheet.

    Each row says which edition, commit and text it comes from and whether that was verified, so
    that no copy of some of them loses it.

    A cell that a spreadsheet would take for a formula is prefixed with an apostrophe
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    about = [provenance.commit, provenance.digest, provenance.edition, provenance.verified]
    columns = ("number", "anchor", "block", "path", "text")
    rows.writerow([*columns, "commit", "digest", "edition", "verified"])
    for path, clause in text:
        words = plain(clause.text)
        cells = (clause.number, clause.anchor or "", clause.kind, path, words)
        rows.writerow([*map(_inert, (*cells, *about))])
    return out.getvalue()


def _inert(cell: str) -> str:
    shown = reveal(cell)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
