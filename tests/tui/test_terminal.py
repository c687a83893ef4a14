"""The app in a real terminal: what reaches it, and what a kill leaves."""

import os
import re
import signal
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from manifesto_tui.prose import reveal
from manifesto_tui.workflow import revising
from tui import made_up
from tui.foul import TEXTS
from tui.terminal import WAIT, Terminal


@pytest.fixture
def terminal(own: Path, home: Path):
    opened: list[Terminal] = []

    def start(**extra: str) -> Terminal:
        opened.append(Terminal(own, home, extra=extra))
        return opened[-1]

    yield start
    for one in opened:
        one.end()


def test_what_was_typed_is_there_after_a_kill(terminal):
    first = terminal()
    first.until("needs your vote")
    first.type("jja")
    first.until("Saved as you type")
    first.type(" Typed before the kill.")
    first.until("draft saved")
    os.killpg(first.process.pid, signal.SIGKILL)
    second = terminal()
    second.until("A draft waits for you")


def test_what_was_typed_into_a_form_stands_there_again_after_a_kill(terminal, own):
    first = terminal()
    first.until("needs your vote")
    first.type("A")
    first.until("their votes carry it")
    first.type("edda\tEdda Made")
    kept = own / ".git" / "manifesto-tui" / "drafts"
    first.until(lambda _: any("Edda Made" in path.read_text() for path in kept.glob("form-*.json")))
    os.killpg(first.process.pid, signal.SIGKILL)
    second = terminal()
    second.until("needs your vote")
    second.type("A")
    second.until("As you left it on")
    second.until(lambda frame: "edda" in frame and "Edda Made" in frame)


def test_esc_and_a_key_that_come_together_are_both_taken(terminal):
    one = terminal()
    one.until("needs your vote")
    one.type("P")
    one.until("People and rules")
    one.type("\x1b3")
    one.until("Changes ")
    one.type("?")
    one.until("Every key")
    one.type("\x1b/")
    one.until(" find ")
    one.type("a ^ sought")
    one.until("a ^ sought")
    one.type("\x1b2\x1b[B")
    one.until("needs your vote")


def test_what_is_recorded_in_another_window_is_shown_here_by_itself(terminal, own, desk):
    one = terminal()
    one.until("needs your vote")
    one.type("2")
    one.until("Let suppliers choose")
    made_up.act_as(desk, "dag")
    revising.withdraw(desk, made_up.propose_open(desk).split("/")[-2][:4], "Not needed.")
    one.until("Something was recorded here meanwhile; it is shown.")
    one.type("/should be open")
    one.until("withdrawn")


def test_the_app_ends_with_its_terminal(terminal):
    one = terminal()
    one.until("needs your vote")
    one.close()
    # 120 is what Python ends with where its output cannot be flushed any more.
    assert one.process.wait(WAIT) in (0, 120)


def test_a_line_of_a_megabyte_is_shown_from_end_to_end(terminal, own):
    path = next((own / "manifesto").glob("*.md"))
    lines = ("A line without a break: ", "x" * 1_000_000, "\n\nThe last line.\n")
    path.write_text(path.read_text() + "\n" + "".join(lines))
    subprocess.run(["git", "-C", str(own), "commit", "-qam", "x"], check=True, env=git(own))
    one = terminal()
    one.until("Poor systems")
    one.type("G")
    one.until("The last line.")
    one.type("g")
    one.until("Poor systems")


def test_hostile_bytes_do_not_reach_the_terminal(terminal, own):
    evil = "\x1b]52;c;Zm9v\x07\x1b]8;;http://evil.example\x1b\\\x9b31mred\x1bc"
    path = next((own / "manifesto").glob("*.md"))
    path.write_text(path.read_text().replace("Poor systems", f"{evil} Poor systems"))
    subprocess.run(["git", "-C", str(own), "commit", "-qam", "x"], check=True, env=git(own))
    one = terminal()
    one.until("Poor systems")
    one.type("jj2")
    one.until("[Diff]")
    written = one.seen.decode("utf-8", "replace")
    assert "\x1b]52" not in written
    assert "\x1b]8;" not in written
    assert "\x1bc" not in written
    assert "\x9b" not in written
    assert reveal("\x1b") in written


def test_what_is_copied_holds_nothing_that_is_hidden(terminal, own):
    path = next((own / "manifesto").glob("*.md"))
    path.write_text(path.read_text().replace("Poor systems", "\x1b[201~rm\u202e Poor systems"))
    subprocess.run(["git", "-C", str(own), "commit", "-qam", "x"], check=True, env=git(own))
    one = terminal()
    one.until("Poor systems")
    one.type("jy")
    one.until("Copied the clause")
    (copied,) = re.findall(rb"\x1b\]52;c;([^\x07\x1b]*)", one.seen)
    words = b64decode(copied).decode()
    assert words.startswith("⟦U+001B⟧[201~rm⟦U+202E⟧ Poor systems")


@pytest.mark.parametrize(
    "editor, said",
    [
        (
            "python3 -c 'import sys; open(sys.argv[1], chr(119)+chr(98)).write(bytes([255]))'",
            "left no file in UTF-8",
        ),
        ("rm", "left no file in UTF-8"),
        ("false", "ended with code 1"),
        ("no-such-editor-anywhere", "could not be started"),
        ("vi '", "Neither $VISUAL nor $EDITOR"),
        ("true", "true came back at once"),
    ],
)
def test_an_editor_that_leaves_no_text_changes_nothing(terminal, editor, said, tmp_path):
    one = terminal(EDITOR=editor, TMPDIR=str(tmp_path))
    one.until("needs your vote")
    one.type("jjE")
    one.until(said)
    one.type(" And more.")
    one.until("draft saved")
    one.until("start. And more.")


def test_what_an_editor_left_can_be_taken_back(terminal):
    one = terminal(EDITOR="cp /dev/null")
    one.until("needs your vote")
    one.type("jjE")
    one.until("proposes to delete the clause")
    one.type("\x1a And more.")
    one.until("start. And more.")


def test_letters_of_every_script_keep_their_cells_at_every_width(terminal, own):
    path = next((own / "manifesto").glob("*.md"))
    scripts = TEXTS["scripts"]
    path.write_text(path.read_text().replace("Poor systems", f"{scripts} Poor systems"))
    subprocess.run(["git", "-C", str(own), "commit", "-qam", "x"], check=True, env=git(own))
    one = terminal()
    one.until("Poor systems")
    one.type("ja")
    one.until("Saved as you type")
    for width in (80, 84, 85, 120, 160, 240):
        for keys, words in (("\x1b[27u", "1 Read"), ("a", "Saved as you type")):
            one.type(keys)
            one.until(words)
            one.resize(width, 30)
            one.until(lambda frame: "日本語" in frame and "한국어" in frame and "שלום" in frame)
            one.until(lambda frame: not one.torn and len(frame.splitlines()) == 30)


def test_what_is_typed_while_the_window_is_pulled_at_is_there(terminal, own):
    one = terminal()
    # During the first reading already.
    for width, height in ((60, 20), (200, 50), (20, 5), (80, 24)):
        one.resize(width, height)
    one.until("needs your vote")
    one.type("jja")
    one.until("Saved as you type")
    said = " 日本語 and שלום, typed while the window moves: नमस्ते."
    for at, letter in enumerate(said):
        one.type(letter)
        one.resize(*((120, 40), (30, 8), (85, 24), (240, 60))[at % 4])
        one.read(0)
    one.resize(160, 40)
    one.until("draft saved")
    one.until(lambda frame: "typed while the window moves" in frame and not one.torn)
    one.type("\x1b[27u")
    one.until("The draft is kept")
    (draft,) = own.glob(".git/manifesto-tui/drafts/*")
    assert said in draft.read_text()


def git(own: Path) -> dict[str, str]:
    who = {"NAME": "x", "EMAIL": "x@example.org"}
    names = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    return {"PATH": os.environ["PATH"], "HOME": str(own.parent), **names}


def test_it_leaves_the_terminal_as_it_was(terminal):
    one = terminal()
    one.until("needs your vote")
    one.type("\x11")
    assert one.left() == 0
    # The alternate screen is left, and the cursor is shown again.
    assert b"\x1b[?1049l" in one.seen
    assert b"\x1b[?25h" in one.seen


def test_a_step_down_writes_what_changed_and_not_the_screen_again(own, home):
    one = Terminal(own, home, size=(160, 48))

    def written(key: str, words: str) -> int:
        before = len(one.seen)
        one.type(key)
        one.until(words)
        while one.read(0.3):  # What is asked is answered, and what waits for that is drawn.
            pass
        return len(one.seen) - before

    try:
        one.until("needs your vote")
        one.until("Clause 1 ")
        screen = (written("2", "[Diff]") + written("1", "Clause 1 ")) / 2
        steps = [written("j", f"Clause 1.{number} ") for number in range(1, 5)]
        assert max(steps) < screen / 2, (steps, screen)
    finally:
        one.end()


_COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:[349][0-7]|10[0-7]|[34]8;[0-9;]*)[;m]")
_REVERSED = re.compile(rb"\x1b\[(?:[0-9]+;)*7[;m]")


@pytest.mark.parametrize("kind", [("xterm-256color", "truecolor"), ("xterm", "")])
def test_without_colours_not_one_is_sent_and_every_mark_is_there(terminal, kind):
    term, colours = kind
    one = terminal(NO_COLOR="1", TERM=term, COLORTERM=colours)
    one.until("needs your vote")
    one.type("2")
    one.until("{+Every system publishes its")
    one.type("v")
    one.until("( ) for")
    assert not _COLOUR.search(one.seen)
    assert _REVERSED.search(one.seen), "the selected row does not stand out"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ({"TERM": "dumb"}, "The app cannot draw on this terminal (TERM=dumb)."),
        ({"PYTHONIOENCODING": "latin-1"}, "this terminal is set to iso8859-1."),
    ],
)
def test_where_the_app_cannot_be_drawn_it_says_what_works_without(own, home, kind, said):
    words = [sys.executable, "-m", "manifesto_tui"]
    one = Terminal(own, home, words, size=(160, 60), extra=kind)
    assert one.left() == 0
    assert said in one.frame
    assert "`manifesto-tui list`, `show`, `vote`" in one.frame
    assert b"\x1b[?1049h" not in one.seen
    one.close()


@pytest.mark.parametrize("kind", [{"NO_COLOR": "1"}, {"TERM": "linux", "COLORTERM": ""}])
def test_what_is_behind_a_dialog_shows_in_few_colours_too(terminal, kind):
    one = terminal(**kind)
    one.until("needs your vote")
    one.type("2c")
    one.until("What you say")
    assert one.frame.startswith(" The Made-Up Manifesto  being drafted")
