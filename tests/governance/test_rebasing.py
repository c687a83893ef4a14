import pytest

from governance.history import CLAUSES, SOURCES, reword
from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.effect import enact, standing
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rebasing import Rebased, rebase
from manifesto_tui.prose import read_text

TEXT = read_text(SOURCES)
TWO = "Suppliers document their interfaces. They tell everyone."
LONG = read_text({p: s.replace(CLAUSES["open-1"], TWO) for p, s in SOURCES.items()})
PUBLISH = Change(clause="open-1", was=TWO, now=TWO.replace("document", "publish"))


def changed(old: str, new: str, text=LONG):
    return read_text({path: source.replace(old, new) for path, source in text.sources.items()})


def test_what_still_fits_stays_as_it_is():
    rebased = rebase(LONG, [PUBLISH])
    assert (rebased.changes, rebased.is_same) == ((PUBLISH,), True)


def test_what_has_drifted_is_drawn_up_on_the_new_words():
    text = changed("everyone", "all")
    rebased = rebase(text, [PUBLISH])
    assert rebased.is_same
    assert rebased.changes == (
        Change(
            clause="open-1",
            was="Suppliers document their interfaces. They tell all.",
            now="Suppliers publish their interfaces. They tell all.",
        ),
    )
    assert standing(text, rebased.changes).state == "clean"
    assert enact(text, rebased.changes) == enact(text, [PUBLISH])


def test_what_touches_another_change_is_for_the_proposer_to_confirm():
    text = changed("their interfaces", "the interfaces")
    rebased = rebase(text, [PUBLISH])
    assert not rebased.is_same
    assert "Suppliers publish the interfaces." in rebased.changes[0].now
    assert standing(text, rebased.changes).state == "clean"


def test_a_deletion_and_a_move_are_drawn_up_too():
    delete = Change(clause="open-2", was=CLAUSES["open-2"])
    move = Change(clause="teams-1", was=CLAUSES["teams-1"], move_after="open")
    text = changed("funded for years", "funded for a decade")
    rebased = rebase(text, [delete, move])
    assert rebased.is_same
    assert rebased.changes == (
        delete,
        Change(clause="teams-1", was="Teams are funded for a decade.", move_after="open"),
    )


def test_what_is_done_already_is_dropped():
    other = reword("open-2", "follow", "stay with")
    rebased = rebase(enact(LONG, [PUBLISH]), [PUBLISH, other])
    assert rebased.changes == (other,)


def test_what_conflicts_or_is_moot_cannot_be_drawn_up():
    with pytest.raises(Refused) as conflict:
        rebase(changed("document", "draw"), [PUBLISH])
    assert (conflict.value.code, conflict.value.where) == ("text-conflict", "open-1")
    with pytest.raises(Refused) as moot:
        rebase(enact(LONG, [PUBLISH]), [PUBLISH])
    assert moot.value.code == "moot"


def test_what_names_by_tokens_what_the_text_hides_fits_it():
    hides = TWO.replace("They tell", "They\u200b tell")
    shown = hides.replace("\u200b", "⟦U+200B⟧")
    text = changed(TWO, hides)
    asked = Change(clause="open-1", was=shown, now=shown.replace("document", "publish"))
    assert standing(text, [asked]).state == "clean"
    assert rebase(text, [asked]) == Rebased((asked,), ())
    assert enact(text, [asked]) == changed("document", "publish", text)
    moved_on = changed("everyone", "all", text)
    (drawn_up,) = rebase(moved_on, [asked]).changes
    assert drawn_up.was == shown.replace("everyone", "all")
    assert standing(moved_on, [drawn_up]).state == "clean"
