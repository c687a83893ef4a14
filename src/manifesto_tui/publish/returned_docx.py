"""Reads the paragraphs of a Word file that came from somebody, whoever they are.

The file is hostile until read, so another process reads it, with little memory and time and
nothing else (`foreign_word`); what that answers is checked again here. Tracked changes are taken
as accepted: what came back is what its sender wants. Who they say they are is a claim.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import Kind, reveal
from manifesto_tui.publish.foreign_word import LARGEST_FILE
from manifesto_tui.publish.paragraphs import Paragraph, Remark, Returned

_PATIENCE = 30  # Seconds by the clock on the wall; the process itself has four of its own.


def read_docx(content: bytes) -> Returned:
    """Returns what a Word file says.

    Raises BadInput "docx" where it is none, too large, or holds what no document needs, and
    Unavailable "no-process" where none can be started to read it.
    """
    if len(content) > LARGEST_FILE:
        raise _refused("It is larger than 20 MB.")
    said = _answer(content)
    if "refused" in said:
        raise _refused(str(said["refused"]))
    return Returned(
        tuple(_paragraph(each) for each in said["paragraphs"]),
        str(said["commit"]),
        authors=tuple(reveal(" ".join(str(name).split())) for name in said["authors"]),
        remarks=tuple(
            Remark(reveal(each["author"]), reveal(each["words"]), reveal(each["about"]))
            for each in said["comments"]
        ),
    )


def _answer(content: bytes) -> dict[str, Any]:
    program = str(Path(__file__).with_name("foreign_word.py"))
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", program],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused("It takes too long to read.") from None
    except OSError as problem:
        raise Unavailable(
            "no-process",
            f"No process could be started to read the file in: {problem.strerror}.",
            "Send the text as Markdown.",
        ) from None
    if done.returncode:
        raise _refused("It takes more than four seconds or 200 MB of memory to read.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _paragraph(each: dict[str, Any]) -> Paragraph:
    title = each["kind"] == "title"
    kind: Kind = "heading" if title else each["kind"]
    assert kind in get_args(Kind), "the reading process knows our kinds"
    words = reveal(str(each["words"]))
    return Paragraph(kind, words, int(each["depth"]) or int(title), bool(each["ordered"]), title)


def _refused(sentence: str) -> BadInput:
    return BadInput("docx", sentence, "Save it again from Word, or send the text as Markdown.")
