"""An act that is to be made again is read as git tells of it."""

import pytest

from manifesto_tui.record.commit import commit
from manifesto_tui.record.remaking import unsent_at
from record.made import founded, vote_file


@pytest.mark.parametrize(
    ("author", "more", "words"),
    [
        (b"Anna <anna@example.org> 1700000000 +0200", b"", b"Vote\n\nOn it.\n"),
        ("Ánna Ö. <a@example.org> 1 -0330".encode(), b"", "Öffnen\n".encode()),
        ("Ánna <a@example.org> 1 +0000".encode("latin-1"), b"encoding ISO-8859-1\n", b"\xd6ffnen"),
        (b" <a@example.org> 12 +0000", b"encoding none-such\n", b"\n\nVote \xff\n\n"),
        (b"A <b> 7 +0000", b"gpgsig -----\n \n author B <b> 3 +0000\n", b"Signed\n"),
    ],
)
def test_author_date_and_words_are_those_that_git_tells(repo, author, more, words):
    tip = commit(repo, founded(), "Found", None)
    newer = commit(repo, vote_file("anna"), "Vote", tip)
    tree = repo.run(("rev-parse", f"{newer}^{{tree}}")).strip()
    lines = b"tree %b\nparent %b\nauthor %b\ncommitter x <x> 0 +0000\n%b\n%b"
    made = lines % (tree, tip.encode(), author, more, words)
    stored = repo.run(("hash-object", "-t", "commit", "-w", "--stdin", "--literally"), made)
    act = unsent_at(repo, stored.decode().strip(), tip)
    form = "--format=%an%x00%ae%x00%ad%x00%B"
    said = repo.run(("log", "-1", "--date=raw", form, act.commit)).decode("utf-8", "replace")
    name, address, date, message = said.split("\0", 3)
    assert act.author == f"{name} <{address}> {date}"
    assert act.message == message.strip()
    assert list(act.changes) == list(vote_file("anna"))
