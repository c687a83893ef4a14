"""An open amendment that wants already what another is about to."""

import pytest

from governance.history import CLAUSES, History, reword
from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.duplicate import wanted_already

PUBLISH = reword("open-1", "document", "publish")
CHAIN = (
    Change(after="open-1", id="open-7", now="No charge."),
    Change(after="open-7", id="open-8", now="No excuse."),
)


def renamed(*changes: Change) -> tuple[Change, ...]:
    return tuple(
        Change(
            after=c.after.replace("open-7", "mine-1"),
            id=f"mine-{n}",
            now=(c.now or "").replace(" ", "\n"),
        )
        for n, c in enumerate(changes, 1)
    )


@pytest.mark.parametrize(
    ("filed", "asked", "same"),
    [
        ((PUBLISH,), (PUBLISH,), True),
        ((PUBLISH,), (reword("open-1", "document", "draw"),), False),
        ((PUBLISH,), (PUBLISH, reword("open-2", "follow", "stay with")), False),
        (CHAIN, renamed(*CHAIN), True),
        (CHAIN, CHAIN[:1], False),
        (CHAIN, (CHAIN[0], Change(after="open-1", id="open-8", now="No excuse.")), False),
        (
            (Change(clause="open-2", was=CLAUSES["open-2"], move_after="teams"),),
            (Change(clause="open-2", was=CLAUSES["open-2"], move_after="teams-1"),),
            False,
        ),
        (
            (Change(clause="open-2", was=CLAUSES["open-2"]),),
            (Change(clause="open-2", was=CLAUSES["open-2"], now=""),),
            False,
        ),
    ],
)
def test_the_same_words_of_the_same_clauses_at_the_same_places(filed, asked, same):
    history = History()
    history.propose("k7f3", *filed)
    found = wanted_already(history.assembly, asked)
    assert (found.id if found else None) == ("k7f3" if same else None)


def test_what_is_decided_is_wanted_no_more_and_the_first_of_several_is_named():
    history = History()
    history.propose("aaaa", PUBLISH)
    history.propose("bbbb", PUBLISH)
    assert wanted_already(history.assembly, [PUBLISH]).id == "aaaa"
    history.open("aaaa")
    history.vote("aaaa", "ada", "bea", "cem", choice="against")
    history.decide("aaaa")
    assert wanted_already(history.assembly, [PUBLISH]).id == "bbbb"
