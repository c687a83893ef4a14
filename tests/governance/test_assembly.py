"""Finding a proposal by what people call it, and the ballot that it is on."""

import pytest

from governance.history import History, folder, reword
from governance.paper import paper
from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.problem import BadInput


def filed(name: str, slug: str, title: str = "") -> tuple[str, bytes]:
    made = Amendment(name, title or slug, "bea", "2026-11-11T10:00:00Z", "", ())
    return f"proposals/2026-11/{name}-{slug}/amendment.yaml", paper(made)


@pytest.fixture
def several() -> History:
    history = History()
    history.commit(
        dict([filed("k7f3", "open-data"), filed("k7aa", "open-doors"), filed("m2pq", "k7f3-again")])
    )
    return history


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        *(("k7f3", "k7f3"), ("K7F3", "k7f3"), ("k7f3-open", "k7f3"), ("m", "m2pq")),
        *(("open-da", "k7f3"), ("open-do", "k7aa")),
    ],
)
def test_any_beginning_of_id_or_name_that_is_enough_will_do(several, asked, found):
    assert several.assembly.find(asked).id == found


def test_what_answers_to_several_or_none_is_refused_with_what_there_is(several):
    with pytest.raises(BadInput) as refused:
        several.assembly.find("open")
    assert refused.value.code == "id-ambiguous"
    assert refused.value.sentence == (
        "2 proposals answer to “open”: k7aa-open-doors, k7f3-open-data."
    )
    for asked in ("zzzz", "", "data"):
        with pytest.raises(BadInput) as refused:
            several.assembly.find(asked)
        assert (refused.value.code, refused.value.hint) == (
            "id-unknown",
            "There are: k7aa, k7f3, m2pq.",
        )
    with pytest.raises(BadInput, match=r"None has been filed yet\."):
        History().assembly.find("k7f3")


def test_of_many_that_answer_five_are_named():
    history = History()
    history.commit(dict(filed(f"aaa{n}", "same") for n in range(9)))
    with pytest.raises(BadInput) as refused:
        history.assembly.find("same")
    assert refused.value.sentence.startswith("9 proposals answer")
    assert refused.value.sentence.count(",") == 4
    with pytest.raises(BadInput) as refused:
        history.assembly.find("zzzz")
    assert refused.value.hint.count(",") == 7


def test_an_id_that_two_clones_chose_needs_more_of_the_name(several):
    several.commit(dict([filed("k7f3", "twin")]))
    with pytest.raises(BadInput, match="3 proposals answer"):
        several.assembly.find("k7f3")
    assert several.assembly.find("k7f3-twin").title == "twin"
    assert several.assembly.by_id["k7f3"].slug == "k7f3-open-data"


def test_a_ballot_between_rivals_is_found_from_each_of_them():
    history = History()
    history.propose("aaaa")
    history.propose("bbbb", reword("open-1", "document", "draw"), amends="aaaa")
    history.propose("cccc", rivals=("aaaa", "bbbb"))
    assembly = history.assembly
    assert assembly.named_by == {"aaaa": ("bbbb", "cccc"), "bbbb": ("cccc",)}
    assert assembly.ballot_for(assembly.find("aaaa")) is None
    history.open("aaaa", "bbbb", ballot_id="r7va")
    assembly = history.assembly
    r7va = assembly.find("r7va")
    assert [assembly.ballot_for(assembly.find(n)) for n in ("aaaa", "bbbb", "r7va")] == [r7va] * 3
    assert assembly.ballot_for(assembly.find("cccc")) is None
    assert (r7va.amendments, r7va.title, r7va.amendment) == (("aaaa", "bbbb"), r7va.slug, None)
    assert (r7va.slug, r7va.id, r7va.may_be_signed) == ("r7va-made-up", "r7va", True)
    assert assembly.find("aaaa").amendments == ("aaaa",)
    assert assembly.find("aaaa").title == "About aaaa"


def test_a_folder_with_nothing_that_can_be_read_is_called_what_its_folder_is():
    empty = Proposal(folder("k7f3"))
    assert (empty.title, empty.amendments, empty.amendment) == ("k7f3-made-up", ("k7f3",), None)
