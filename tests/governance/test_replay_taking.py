"""A merge keeps what each of its sides did to the roll, whichever file of a member it takes."""

import pytest

from governance.history import History, member
from governance.paper import paper
from governance.sealing import key, seal

BEA = "manifesto/roll/bea.yaml"


class Roll(History):
    """A history in which bea has a key, and her file is put by whom it takes."""

    def __init__(self) -> None:
        super().__init__(in_force=False, keys=("ada", "bea"))

    def put(self, signer: str = "ada", **more: object) -> str:
        """Writes bea's file, with the key she has unless told otherwise."""
        said = paper(member("bea", **({"keys": (key("bea"),)} | more)))
        return self.commit({BEA: said, f"{BEA}.sig": seal(said, key(signer))})

    def apart(self, mine: dict[str, object] | None, theirs: dict[str, object]) -> str:
        """Puts her file on one branch, and otherwise on another; stays on the first."""
        fork = self.head
        other = self.put(**theirs)
        self.head = fork
        if mine is None:
            self.commit({"notes.txt": b"x"})
        else:
            self.put(**mine)
        return other

    def told(self) -> list[str]:
        return [found.sentence for found in self.proof().findings if found.commit == self.head]


def taken(history: Roll, commit: str) -> tuple[str, str]:
    return BEA, history.trees[commit][BEA][1]


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({"keys": ()}, f"the key {key('bea')} is back"),
        ({"retired": True}, "the place on the roll is back"),
        ({"constituency": "north"}, "the constituency “north” is gone"),
        ({"roles": ("steward",)}, "the role of steward is gone"),
    ],
)
def test_a_merge_that_keeps_the_file_from_before_is_found_once(theirs, said):
    history = Roll()
    fork = history.head
    other = history.apart(None, theirs)
    at = history.merge(other)
    assert history.codes() == [("roll-undone", at)]
    (told,) = history.told()
    assert told.startswith(f"Of bea, {said}")
    if "is back" in said:
        assert f"which {other[:12]} took away" in told
    late = history.head
    history.head = fork
    history.commit({"more.txt": b"y"})
    history.merge(late, {path: data for path, (_, data) in history.trees[late].items()})
    history.commit({"more.txt": b"z"})
    assert history.codes() == [("roll-undone", at)]


@pytest.mark.parametrize("theirs", [{"keys": ()}, {"retired": True}, {"constituency": "north"}])
def test_a_merge_that_takes_over_what_was_changed_is_found_sound(theirs):
    history = Roll()
    other = history.apart(None, theirs)
    path, data = taken(history, other)
    history.merge(other, {path: data, f"{BEA}.sig": history.trees[other][f"{BEA}.sig"][1]})
    assert history.codes() == []


def test_a_file_from_before_that_comes_from_the_other_side_is_found_too():
    history = Roll()
    withdrawn = history.apart({"name": "Bea, married"}, {"keys": ()})
    married = history.head
    history.head = withdrawn
    at = history.merge(married, dict([taken(history, married)]))
    assert ("roll-undone", at) in history.codes()


def test_what_an_act_gave_again_stays_though_the_other_side_does_not_know_of_it():
    history = Roll()
    history.put(retired=True)
    other = history.apart(None, {"retired": False})
    side = history.head
    history.head = other
    history.merge(side)
    assert history.codes() == []
    history.head = side
    at = history.merge(other)
    assert history.codes() == [("roll-undone", at)]


def test_a_merge_that_takes_something_away_itself_is_judged_as_an_act():
    history = Roll()
    other = history.apart({"name": "Bea, married"}, {"addresses": ()})
    said = paper(member("bea", keys=()))
    history.merge(other, {BEA: said, f"{BEA}.sig": seal(said, key("bea"))})
    assert history.codes() == []


def test_a_member_admitted_on_one_side_is_not_left_out():
    history = Roll()
    fork = history.head
    fay = paper(member("fay"))
    path = "manifesto/roll/fay.yaml"
    other = history.commit({path: fay, f"{path}.sig": seal(fay, key("ada"))})
    history.head = fork
    history.commit({"notes.txt": b"x"})
    at = history.merge(other, {path: None, f"{path}.sig": None})
    assert history.codes() == [("roll-undone", at)]


def test_what_was_found_where_a_file_was_deleted_is_not_found_again_at_a_merge():
    history = Roll()
    fork = history.head
    gone = history.commit({BEA: None})
    history.head = fork
    side = history.commit({"notes.txt": b"x"})
    history.head = gone
    history.merge(side, {BEA: None})
    assert history.codes() == [("roll-deleted", gone)]
