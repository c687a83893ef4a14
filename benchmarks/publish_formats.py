"""A manifesto of 120 clauses in every format, and a site of 1,000 amendments."""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import record_made_up
from benchmarks.measure import Section, shown, side_by_side
from manifesto_tui.prose import compare_texts, read_text
from manifesto_tui.publish import Provenance, redline
from manifesto_tui.publish.paper import redline_paper, text_paper
from manifesto_tui.publish.render import render
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.site import build_site

_SOURCE = Provenance("Made up", "c" * 40, "sha256:" + "d" * 64, "in-force", "2026-11-01T09:00:00Z")
_WORDS = "Every **system** publishes [its interfaces](https://example.org) before it goes live"


def run() -> list[Section]:
    """Measures rendering one paper, and building the site twice."""
    return [_formats(), _site()]


def _text(word: str) -> str:
    principles = []
    for number in range(12):
        clauses = (f"{_WORDS}, for reason {n}. We {word} it. [@made-up]" for n in range(9))
        principles.append("\n\n".join([f"# Principle {number}", *clauses]))
    return "\n\n".join(principles) + "\n"


def _formats() -> Section:
    old, new = read_text({"a.md": _text("keep")}), read_text({"a.md": _text("hold")})
    changes = compare_texts(old, new)
    for change in changes:
        change.words  # noqa: B018 - told once, whoever renders them
    section = Section(
        "A text of 120 clauses, rendered", "HTML 50 ms, DOCX redline 150 ms, PDF 300 ms",
        ("format", "text", "redline"),
    )  # fmt: skip

    def text(format: str) -> Callable[[], object]:
        return lambda: render(text_paper(new, _SOURCE, {}), format)

    def changed(format: str) -> Callable[[], object]:
        return lambda: render(redline_paper(redline(old, new, changes), _SOURCE, {}), format)

    for name in ("html", "docx", "pdf", "odt", "epub", "akn"):
        ways = {"text": text(name)}
        if name != "odt":
            ways["redline"] = changed(name)
        times = side_by_side(ways, rounds=5)
        redlined = shown(times["redline"]) if "redline" in times else "–"
        section.add(name, shown(times["text"]), redlined)
    return section


def _site() -> Section:
    section = Section(
        "The site of 1,000 amendments", "10 s, and under a second when built again",
        ("build", "time", "pages written"),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        record = record_made_up.build(Path(folder) / "record", 1000, 9000)
        for name in ("first", "again", "after one vote"):
            if name == "after one vote":
                record_made_up.push(record, 1000, 9000, 1)
            desk = Desk.open(record, dict(os.environ), lambda: datetime(2027, 1, 1, tzinfo=UTC))
            start = time.perf_counter()
            built = build_site(desk, Path(folder) / "site")
            section.add(name, shown(time.perf_counter() - start), built.written)
    return section
