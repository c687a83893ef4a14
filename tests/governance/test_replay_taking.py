"""A merge keeps what its sides did to roll, rules and settings, whichever side's file it takes."""

from dataclasses import replace

import pytest

from governance.history import RULES, SIMPLE, SOURCES, History, member
from governance.paper import paper
from governance.sealing import key, seal
from manifesto_tui.governance.manifesto import Manifesto

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


SETTINGS = "manifesto/manifesto.yaml"


def parted(path: str, mine: object, theirs: object) -> tuple[History, str]:
    """Writes one file on two branches (None: not at all); returns it on mine, and theirs."""
    history = History(in_force=False)
    fork = history.head
    other = history.commit({path: paper(theirs)})
    history.head = fork
    history.commit({path: paper(mine)} if mine else {"notes.txt": b"x"})
    return history, other


def settings(**other: object) -> Manifesto:
    return replace(Manifesto("Made-up manifesto", tuple(SOURCES)), **other)


@pytest.mark.parametrize(
    ("path", "theirs", "of"),
    [
        (RULES, replace(SIMPLE, voting_days=3), "the rules, “voting-days: 0” is back"),
        (SETTINGS, settings(title="Another"), "the settings, “title: Made-up manifesto” is back"),
    ],
)
def test_rules_and_settings_that_a_merge_brings_back_are_found(path, theirs, of):
    history, other = parted(path, None, theirs)
    at = history.merge(other)
    assert history.codes() == [("rules-undone", at)]
    (found,) = [f for f in history.proof().findings if f.commit == at]
    assert found.sentence.startswith(f"Of {of}, which {other[:12]} took away")
    history.commit({"more.txt": b"y"})
    assert history.codes() == [("rules-undone", at)]


def test_a_merge_that_takes_over_the_changed_rules_is_found_sound():
    more = replace(SIMPLE, voting_days=3)
    history, other = parted(RULES, None, more)
    history.merge(other, {RULES: paper(more)})
    history.commit({RULES: paper(SIMPLE)})
    assert history.codes() == []


def test_a_merge_that_unites_what_both_sides_changed_is_judged_as_an_act():
    history, other = parted(
        RULES, replace(SIMPLE, seconders=1), replace(SIMPLE, voting_days=3, idle_days=9)
    )
    history.merge(other, {RULES: paper(replace(SIMPLE, seconders=1, voting_days=3, idle_days=9))})
    assert history.codes() == []


def test_a_merge_that_loses_a_line_of_one_side_is_found():
    history, other = parted(RULES, replace(SIMPLE, seconders=1), replace(SIMPLE, idle_days=9))
    at = history.merge(other)
    assert history.codes() == [("rules-undone", at)]
    assert "“idle-days: 9” is gone" in history.proof().findings[-1].sentence


def test_settings_that_cannot_be_read_take_nothing_away_from_a_merge():
    history = History(in_force=False)
    fork = history.head
    other = history.commit({"notes.txt": b"x"})
    history.head = fork
    broken = history.commit({SETTINGS: b"title: [\n"})
    whole = history.commit({SETTINGS: paper(settings())})
    history.merge(other, {SETTINGS: paper(settings())})
    assert {at for _, at in history.codes()} <= {broken, whole}
    assert not any(code == "rules-undone" for code, _ in history.codes())
