"""A document from outside, in the app: asked for, shown, filed."""

import os
import subprocess

from manifesto_tui.publish import plain_text
from manifesto_tui.workflow.desk import Desk
from tui import made_up


def head(directory):
    done = subprocess.run(
        ["git", "-C", str(directory), "rev-parse", "HEAD"], capture_output=True, check=True
    )
    return done.stdout


def document(directory, home, clock):
    """The text as plain words, with words changed in its first paragraph."""
    desk = Desk.open(directory, made_up.environment(home), clock)
    paragraph = next(c for _, c in desk.assembly.text if c.kind == "paragraph")
    first = paragraph.text.split()[0]
    return plain_text(desk.assembly.text).replace(f" {first} ", " Therefore ", 1), first


async def test_what_would_be_filed_is_shown_and_then_filed(opened, own, home, clock, tmp_path):
    words, first = document(own, home, clock)
    (tmp_path / "back.txt").write_text(words, encoding="utf-8")
    before = head(own)
    async with opened(own, (100, 40)) as app:
        await app.press("D")
        assert "Take in a document" in app.frame
        await app.write(os.path.relpath(tmp_path / "back.txt"))
        await app.press("ctrl+j")
        assert "This would file 1 amendment" in app.frame
        assert f"[-{first}-]{{+Therefore+}}" in app.frame
        await app.press("ctrl+j")
        await app.write("From outside")
        await app.press("tab")
        await app.write("It came back.")
        assert head(own) == before
        await app.press("ctrl+j")
        assert "Recorded: Propose" in app.status
        before = head(own)

        await app.press("D")
        await app.write(str(tmp_path / "back.txt"))
        await app.press("ctrl+j")
        assert "proposes just this already" in app.frame
        await app.press("ctrl+j")
        await app.write("Again")
        await app.press("tab")
        await app.write("Why not.")
        await app.press("ctrl+j")
        assert "just this already" in app.frame
        assert head(own) == before


async def test_without_a_document_it_says_so_and_what_was_typed_stays(opened, own):
    async with opened(own) as app:
        await app.press("D", "ctrl+j")
        assert "There is no document yet." in app.frame
        await app.write("/nowhere.docx")
        await app.press("ctrl+j")
        assert "It cannot be read: No such file or directory." in app.frame
        assert "/nowhere.docx" in app.frame
