"""Hostile text in every field: it changes nothing on any screen but the words that it is.

Two terminals go through the whole app side by side: see `tui.walking`. The long form, each text
in each field, is `make torture ARGS=screens`.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from manifesto_tui.tui.session import Session
from tui import foul, made_up, poison
from tui.reached import that_show
from tui.walking import ACTS, GONE, START, WALK, at_the_start, side_by_side, walk

SIZE = (120, 40)
NOT_SHOWN = {
    "signatories/*: reason": "a name that was taken back is listed nowhere",
    "the address of an author": "what a commit claims of an address is told nowhere",
}
# Of long lists (what came in, the wordings of a clause, a file to be published) the screen shows
# as much as there is room for.
FAR_DOWN = {
    "amendment.yaml: now",
    "manifesto.yaml: language",
    "manifesto.yaml: licence",
    "the author of what is theirs",
    "the message of an act that comes in",
    "the message of what is theirs",
    "what is mine",
}
# Keys whose value is a name, a time, a number, a digest or the like, or what the text reads: with
# other words the file is refused, with a place and a reason, or fits nothing. The long form makes
# each of them hostile in turn.
BOUND = {
    *("abstain", "accepted", "addresses", "admit", "adopted", "after"),
    *("against", "amendment", "amends", "at", "ballot", "ballot-file"),
    *("base", "budget", "cast", "change-days", "changes", "choice"),
    *("choices", "clause", "clauses", "clinicians", "closes", "constituencies"),
    *("counted", "decide", "decided", "decider", "decisions", "discussion-days"),
    *("each", "each-quorum", "edition", "effect", "electorate", "entrenched"),
    *("filed", "for", "format", "given", "giver", "hides"),
    *("holder", "id", "idle-days", "kind", "lapse-days", "made"),
    *("member", "move-after", "number", "objections", "open", "opened"),
    *("opener", "options", "outcome", "principle", "propose", "proposer"),
    *("proxies", "proxy", "quorum", "recorded-by", "revision", "rivals"),
    *("roles", "roll", "rules", "second", "seconders", "sentence"),
    *("signatory", "signatures", "signed", "sources", "state", "steward"),
    *("takes-up", "technologists", "text-after", "text-before", "threshold", "totals"),
    *("void", "voter", "votes", "voting-days", "was", "withdrawn"),
    "words",
}


NOT_REACHED = {
    "draw/inline.py: _set": "emphasis and links in a clause, whose words pass as all others do",
    "draw/inline.py: verbatim": "a table or a piece of code, whose words pass as all others do",
    "draw/slides.py: _plain": "words in conflict with the text, which pass as all others do",
    "draw/slides.py: _today": "the text beside such words, which passes as it does elsewhere",
    "screens/filing.py: _rules": "asks when new rules hold; it shows nothing of the record",
}
# What shows where there is no record yet, in a walk of its own.
AT_THE_START = {
    "screens/around.py: do_try",
    "screens/around.py: enter",
    "screens/loading.py: _not_loaded",
    "screens/loading.py: _start",
    "screens/loading.py: begun",
}


@pytest.mark.parametrize("name", foul.TEXTS)
def test_the_judge_knows_what_is_not_ours(name):
    harmless = name in ("markup", "markup escaped", "look-alikes", "long", "scripts")
    assert bool(foul.foul(foul.TEXTS[name].encode(), *SIZE)) is not harmless


def test_every_key_of_the_format_is_known_to_be_free_or_bound():
    of_format = poison.keys_of_format().values()
    assert {key for keys in of_format for key in keys} == poison.FREE | BOUND


def test_a_hostile_value_of_one_key_hides_nothing_else(tmp_path):
    whole, home = tmp_path / "manifesto", tmp_path / "home"
    poison.build(whole, home)
    before = {card.id for card in read(whole, home).cards}
    marks = poison.Marks()
    assert poison.alone(whole, foul.EVERYTHING, marks) == len(marks.fields)
    assert before < {card.id for card in read(whole, home).cards}


def reached(notes):
    return set(notes.read_text().splitlines())


def read(directory, home):
    session = Session(directory, made_up.environment(home), lambda: made_up.NOW)
    session.begin()
    return session.read(compact=False)


def test_hostile_text_changes_nothing_on_any_screen(short_path):
    whole, home = short_path / "whole", short_path / "home"
    poison.build(whole, home)
    # How wide hundreds of marks on one letter are is for each terminal to say: here they are few.
    texts = [text[:12] if name == "combining" else text for name, text in foul.TEXTS.items()]
    notes = short_path / "notes"
    with side_by_side(whole, short_path, home, texts, SIZE, notes) as (both, marks):
        wrong = {shown: said for shown, said in walk(both, WALK + ACTS) if said}
        assert wrong == {}
        for place in short_path.glob("*/shared*"):
            place.rename(place.parent / "elsewhere")
        assert {shown: said for shown, said in walk(both, GONE) if said} == {}
        assert [terminal.process.poll() for terminal in both] == [None, None]
    hostile = both[0]
    assert foul.foul(hostile.seen, *SIZE) == ""
    frames = "\n".join(hostile.frames)
    assert "[@click=app.quit]x[/]" in frames
    assert "⟦U+001B⟧" in frames
    unseen = set(marks.unseen(set(poison.MARK.findall(frames))))
    assert unseen - FAR_DOWN == set(NOT_SHOWN)
    assert that_show() - reached(notes) == set(NOT_REACHED) | AT_THE_START


@pytest.fixture
def short_path():
    """A folder whose name the screens show on one line."""
    with TemporaryDirectory() as folder:
        yield Path(folder).resolve()


def test_a_hostile_name_of_a_folder_changes_nothing_where_there_is_nothing_yet(tmp_path_factory):
    # A short way to it, so that all of the name that stands for a digest is in sight.
    place = tmp_path_factory.mktemp("x")
    notes, name = place / "notes", foul.fitting(foul.LINE, 70)
    made_up.environment(place / "home")
    with at_the_start(place, place / "home", name, SIZE, notes) as both:
        assert {shown: said for shown, said in walk(both, START) if said} == {}
        assert foul.foul(both[0].seen, *SIZE) == ""
    assert reached(notes) >= AT_THE_START
