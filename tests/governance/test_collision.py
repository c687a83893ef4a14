from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.history import CLAUSES, SOURCES, History, reword
from manifesto_tui.governance import colliding
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.colliding import collisions, collisions_with, meetings
from manifesto_tui.governance.collision import relation
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import read_text, shortened

TEXT = read_text(SOURCES)


def amendment(name: str, *changes: Change) -> Amendment:
    return Amendment(name, f"About {name}", "bea", "2026-11-20T10:00:00Z", "", changes)


def between(a, b, text=TEXT):
    a = a if isinstance(a, list) else [a]
    b = b if isinstance(b, list) else [b]
    return relation(text, amendment("aaaa", *a), amendment("bbbb", *b))


def insert(after: str, words: str, name: str = "open-7") -> Change:
    return Change(after=after, id=name, now=words)


def delete(clause: str) -> Change:
    return Change(clause=clause, was=CLAUSES[clause])


def move(clause: str, after: str) -> Change:
    return Change(clause=clause, was=CLAUSES[clause], move_after=after)


PUBLISH = reword("open-1", "document", "publish")
BARE = History().assembly


def test_different_clauses_are_independent():
    assert between(PUBLISH, reword("open-2", "patient", "person")) is None
    assert between(PUBLISH, insert("open-1", "New.")) is None
    assert between(PUBLISH, move("open-1", "teams")) is None


def test_the_same_words_changed_differently_exclude_each_other_and_are_named():
    found = between(PUBLISH, reword("open-1", "document", "draw"))
    assert (found.relation, found.clauses) == ("exclusive", ("open-1",))
    assert found.why == "Both change the same words of 1.1: “publish” or “draw”."
    assert (found.each[0].a, found.each[0].b) == (
        "Suppliers publish their interfaces.",
        "Suppliers draw their interfaces.",
    )


def test_different_words_of_one_sentence_matter_in_order():
    found = between(PUBLISH, reword("open-1", "interfaces", "data"))
    assert found.relation == "order"
    assert "“Suppliers publish their data.”" in found.why


def test_different_sentences_of_one_clause_are_independent():
    two = "One stays here. Another stays there."
    a = Change(clause="open-1", was=two, now=two.replace("One", "This"))
    b = Change(clause="open-1", was=two, now=two.replace("there", "away"))
    text = read_text({p: s.replace(CLAUSES["open-1"], two) for p, s in SOURCES.items()})
    assert between(a, b, text) is None
    assert enact(enact(text, [a]), [b]) == enact(enact(text, [b]), [a])


def test_the_same_new_words_are_a_duplicate():
    found = between(PUBLISH, PUBLISH)
    assert (found.relation, found.why) == (
        "duplicate",
        "Both give 1.1 the same words: “Suppliers publish their interfaces.”.",
    )


def test_the_same_change_of_which_one_goes_further_is_a_duplicate_and_says_where():
    was = "Teams are free to experiment and find digital health."
    first = was.replace("free to experiment", "given time to explore")
    one = Change(clause="open-1", was=was, now=first)
    other = Change(clause="open-1", was=was, now=first.replace("find", "realise"))
    found = between(one, other)
    assert (found.relation, found.why) == (
        "duplicate",
        "Both make the same change in 1.1, and differ in “find” or “realise”.",
    )


def test_the_same_paragraph_inserted_twice_is_a_duplicate():
    found = between(insert("open-1", "No charge."), insert("open-1", "No charge.", "open-8"))
    assert (found.relation, found.why) == ("duplicate", "Both insert “No charge.”.")


def test_nearly_the_same_paragraph_in_one_place_is_a_duplicate_and_says_where_they_differ():
    words = "The skill-sets of a team are its own and grow with it."
    other = insert("open-1", words.replace("skill-sets", "skillsets"), "open-8")
    found = between(insert("open-1", words), other)
    assert (found.relation, len(found.each)) == ("duplicate", 1)
    assert found.why.endswith("and differ in “skill-sets” or “skillsets”.")


def test_a_pair_is_what_its_gravest_clause_is():
    a = [insert("open-1", "No charge."), PUBLISH]
    b = [insert("open-1", "No charge.", "open-8"), reword("open-1", "document", "draw")]
    found = between(a, b)
    assert found.relation == "exclusive"
    assert {(o.clause, o.relation) for o in found.each} == {
        ("open-1", "exclusive"),
        ("open-7", "duplicate"),
    }
    assert found.why.startswith("Both change the same words of 1.1")


def test_two_paragraphs_in_one_place_matter_in_order():
    found = between(insert("open-1", "First."), insert("open-1", "Second.", "open-8"))
    assert (found.relation, found.clauses) == ("order", ("open-1",))


def test_a_chain_of_insertions_meets_others_where_it_begins():
    chain = [insert("open-1", "First."), insert("open-7", "Then.", "open-8")]
    assert between(chain, insert("open-1", "Other.", "open-9")).relation == "order"


def test_two_clauses_of_one_name_exclude_each_other():
    found = between(insert("open-1", "First."), insert("teams-1", "Second."))
    assert (found.relation, found.clauses) == ("exclusive", ("open-7",))


def test_deleting_what_another_rewords_is_exclusive():
    assert between(delete("open-1"), PUBLISH).why == "One deletes 1.1, the other rewords it."
    assert between(move("open-1", "teams"), delete("open-1")).relation == "exclusive"


def test_deleting_twice_is_a_duplicate():
    assert between(delete("open-1"), delete("open-1")).relation == "duplicate"


def test_deleting_or_moving_where_another_inserts_matters_in_order():
    assert between(delete("open-1"), insert("open-1", "New.")).relation == "order"
    assert between(insert("open-1", "New."), move("open-1", "teams")).relation == "order"


def test_moving_to_two_places_is_exclusive_and_to_one_a_duplicate():
    assert between(move("open-1", "teams"), move("open-1", "teams-1")).relation == "exclusive"
    assert between(move("open-1", "teams"), move("open-1", "teams")).relation == "duplicate"


def test_who_comes_first_does_not_matter_to_the_relation():
    several = [PUBLISH, delete("open-1"), insert("open-1", "New."), move("open-1", "teams")]
    for a in several:
        for b in several:
            one, other = between(a, b), between(b, a)
            assert (one and (one.relation, one.clauses)) == (
                other and (other.relation, other.clauses)
            )


CHANGES = st.sampled_from(
    [
        PUBLISH,
        reword("open-1", "document", "draw"),
        reword("open-1", "interfaces", "data"),
        reword("open", "Open", "Open by default"),
        reword("teams-2", "Nurses", "Midwives"),
        delete("open-2"),
        delete("teams-3"),
        insert("open-1", "No charge."),
        insert("open-2", "No charge at all.", "open-8"),
        insert("start", "We agree.", "preamble"),
        move("open-2", "teams-1"),
        move("teams-1", "open"),
    ]
)


@given(CHANGES, CHANGES)
def test_independent_amendments_commute(a, b):
    if between(a, b) is None:
        assert enact(enact(TEXT, [a]), [b]) == enact(enact(TEXT, [b]), [a])


@given(CHANGES, CHANGES)
def test_exclusive_amendments_cannot_both_be_had_in_any_order(a, b):
    found = between(a, b)
    if found and found.relation == "exclusive":
        there, back = both(a, b), both(b, a)
        assert there is None or there != back


def both(first: Change, second: Change):
    try:
        return enact(enact(TEXT, [first]), [second])
    except Refused:
        return None


def test_only_open_amendments_collide():
    history = History()
    history.propose("aaaa", PUBLISH)
    history.propose("bbbb", reword("open-1", "document", "draw"))
    history.propose("cccc", reword("open-2", "patient", "person"))
    assert [(c.a, c.b) for c in collisions(history.assembly)] == [("aaaa", "bbbb")]
    assert collisions(history.assembly)[0].relation == "exclusive"
    history.open("aaaa")
    history.decide("aaaa")
    assert collisions(history.assembly) == ()


def test_of_500_amendments_only_those_to_the_same_clause_are_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(
        colliding, "relation", lambda *pair: compared.append(pair) or relation(*pair)
    )
    source = "".join(f"Made-up clause number {n} of many. <!-- #c-{n} -->\n\n" for n in range(400))
    proposals = []
    for n in range(501):
        was = f"Made-up clause number {n % 400} of many."
        change = Change(clause=f"c-{n % 400}", was=was, now=was.replace("many", f"these {n}"))
        name = f"{n:04d}"
        proposals.append(Proposal(f"proposals/2026-11/{name}-x", (amendment(name, change),)))
    *filed, one_more = proposals
    assembly = replace(History().assembly, text=read_text({"m.md": source}), proposals=tuple(filed))
    assert len(collisions(assembly)) == len(compared) == 100
    compared.clear()
    assert [c.b for c in collisions_with(assembly, one_more.amendment)] == ["0100"]
    assert len(compared) == 1


STATES = st.tuples(
    st.sampled_from(
        [
            TEXT,
            read_text(
                {path: source.replace("document", "draw") for path, source in SOURCES.items()}
            ),
            read_text(
                {path: source.replace("- Nurses", "Nurses") for path, source in SOURCES.items()}
            ),
            read_text({"new.md": "# New <!-- #new -->\n", **SOURCES}),
        ]
    ),
    st.dictionaries(
        st.sampled_from(["aaaa", "bbbb", "cccc", "dddd"]),
        st.sampled_from(
            [
                PUBLISH,
                reword("open-1", "document", "draw"),
                reword("teams-2", "Nurses", "Midwives"),
                delete("open-1"),
                delete("teams-2"),
                insert("open-1", "No charge."),
                insert("teams-2", "- Midwives lead."),
                move("teams-2", "teams-3"),
            ]
        ),
    ),
)


@given(STATES, STATES)
def test_what_is_kept_from_one_state_to_the_next_is_what_is_found_anew(before, after):
    at = [
        replace(
            BARE,
            text=text,
            proposals=tuple(
                Proposal(f"proposals/2026-11/{name}-x", (amendment(name, change),))
                for name, change in sorted(wanted.items())
            ),
        )
        for text, wanted in (before, after)
    ]
    assert meetings(at[1], meetings(at[0])) == meetings(at[1])


LONG = "Suppliers document their interfaces. They tell everyone about it. Nobody pays."
LONGER = read_text({p: s.replace(CLAUSES["open-1"], LONG) for p, s in SOURCES.items()})


def long(*pairs: tuple[str, str]) -> Change:
    now = LONG
    for old, new in pairs:
        now = now.replace(old, new)
    return Change(clause="open-1", was=LONG, now=now)


@pytest.mark.parametrize(
    ("a", "b", "relation", "why"),
    [
        (long(("Nobody pays.", "")), long(("Nobody", "No member")), "exclusive",
         "Both change the same words of 1.1: nothing or “No member pays.”."),
        (long(("document", "publish")), long(("document", "publish"), ("Nobody", "No member")),
         "duplicate", "Both make the same change in 1.1, and differ in “Nobody” or “No member”."),
        (long(("document", "publish")), long(("everyone", "all")), "", ""),
        (Change(clause="open-1", was=LONG, now=f"- {LONG}"),
         Change(clause="open-1", was=LONG, now=f"> {LONG}"), "exclusive",
         "One makes 1.1 an item, the other a quotation."),
        (Change(clause="open-1", was=LONG, now=f"- {LONG}"), long(("pays", "paid")), "", ""),
        (long(("document", "publish")), Change(clause="open-1", was=LONG), "exclusive",
         "One deletes 1.1, the other rewords it."),
        (move("open-2", "teams"), delete("open-2"), "exclusive",
         "One deletes 1.2, the other moves it."),
        (delete("open-2"), delete("open-2"), "duplicate", "Both delete 1.2."),
        (move("open-2", "teams"), move("open-2", "teams-1"), "exclusive",
         "They move 1.2 to different places."),
        (move("open-2", "teams"), move("open-2", "teams"), "duplicate",
         "Both move 1.2 to the same place."),
        (insert("start", "We agree."), insert("start", "They differ.", "open-8"), "order",
         "Both put a clause at the start; the second to be adopted comes first there."),
        (insert("open-1", "We agree."), insert("open-1", "They differ.", "open-8"), "order",
         "Both put a clause after 1.1; the second to be adopted comes first there."),
        (insert("open-1", "We agree."), insert("teams-1", "They differ."), "exclusive",
         "Both call a new clause open-7, and mean different ones."),
        (insert("open-1", "No  CHARGE."), insert("teams-1", "No charge.", "open-8"), "duplicate",
         "Both insert “No CHARGE.”."),
        (delete("open-2"), insert("open-2", "New."), "order",
         "One deletes 1.2, after which the other puts a clause."),
        (move("open-2", "teams"), insert("open-2", "New."), "order",
         "One moves 1.2, after which the other puts a clause."),
        (reword("open-2", "follow", "leave"), insert("open-2", "New."), "", ""),
        (move("open-2", "teams"), move("open-1", "teams"), "order",
         "Both put a clause after 2; the second to be adopted comes first there."),
    ],
)  # fmt: skip
def test_how_two_amendments_meet_is_one_sentence(a, b, relation, why):
    found = between(a, b, LONGER)
    assert (found.relation if found else "", found.why if found else "") == (relation, why)


def test_the_words_of_each_stand_on_its_own_side():
    deleting, putting = delete("open-2"), insert("open-2", "New.")
    (one,), (other,) = between(deleting, putting).each, between(putting, deleting).each
    assert ((one.a, one.b), (other.a, other.b)) == (("", "New."), ("New.", ""))


def test_where_four_fifths_of_two_paragraphs_are_the_same_they_are_one():
    same = "a" * 7 + " "
    near = between(insert("open-1", f"{same}bb"), insert("open-1", f"{same}cc", "open-8"))
    far = between(insert("open-1", f"{same}bbb"), insert("open-1", f"{same}ccc", "open-8"))
    assert (near.relation, far.relation) == ("duplicate", "order")
    assert between(insert("open-1", f"{same}bb"), insert("teams", f"{same}cc", "open-8")) is None


def test_of_several_clauses_the_gravest_comes_first():
    a = [PUBLISH, delete("open-2"), insert("teams-1", "We agree.")]
    b = [PUBLISH, reword("open-2", "follow", "leave"), insert("teams-1", "They.", "open-8")]
    found = between(a, b)
    assert [o.relation for o in found.each] == ["duplicate", "exclusive", "order"]
    assert found.clauses == ("open-1", "open-2", "teams-1")
    assert found.why.split(". ")[0] == "One deletes 1.2, the other rewords it"
    assert found.why.endswith("comes first there.")


def test_a_chain_of_insertions_that_runs_in_a_circle_has_an_end():
    circle = [insert("open-8", "One.", "open-7"), insert("open-7", "Two.", "open-8")]
    assert between(circle, insert("open-1", "Three.", "open-9")) is None


def test_amendments_to_one_clause_are_found_by_the_id_of_either():
    history = History()
    for name, change in (
        ("aaaa", PUBLISH),
        ("bbbb", reword("open-1", "document", "draw")),
        ("cccc", reword("open-2", "patient", "person")),
    ):
        history.propose(name, change)
    known = meetings(history.assembly)
    assert {name: [(c.a, c.b) for c in pairs] for name, pairs in known.of.items()} == {
        "aaaa": [("aaaa", "bbbb")],
        "bbbb": [("aaaa", "bbbb")],
    }


def test_a_chain_of_insertions_is_compared_where_it_begins():
    chain = [insert("open-1", "First."), insert("open-7", "aaaaaaa bb", "open-8")]
    assert between(chain, insert("open-1", "aaaaaaa cc", "open-9")).relation == "duplicate"


def test_the_words_that_each_wants_of_a_clause_stand_with_it():
    (deleted,) = between(PUBLISH, delete("open-1")).each
    (moved,) = between(move("open-1", "teams"), PUBLISH_AND_MOVE).each[:1]
    assert (deleted.a, deleted.b) == (PUBLISH.now, "")
    assert (moved.a, moved.b) == ("", PUBLISH_AND_MOVE.now)


PUBLISH_AND_MOVE = replace(PUBLISH, move_after="teams-1")
ENDLESS = "x" * 200


@pytest.mark.parametrize(
    ("a", "b", "start"),
    [
        (Change(clause="open-1", was=LONG, now=ENDLESS),
         Change(clause="open-1", was=LONG, now=ENDLESS), "Both give 1.1 the same words: “"),
        (insert("open-1", ENDLESS), insert("open-1", ENDLESS, "open-8"), "Both insert “"),
        (long(("Nobody pays.", ENDLESS)), long(("Nobody", "No member")),
         "Both change the same words of 1.1: “"),
    ],
)  # fmt: skip
def test_long_words_are_shortened_to_eighty_letters(a, b, start):
    found = between(a, b, LONGER)
    assert found.why.startswith(f"{start}{shortened(ENDLESS, 80)}”")


def test_what_the_second_to_be_adopted_would_read_is_shortened_too():
    was = f"Suppliers document {ENDLESS}."
    text = read_text({p: s.replace(CLAUSES["open-1"], was) for p, s in SOURCES.items()})
    one = Change(clause="open-1", was=was, now=was.replace("Suppliers", "Vendors"))
    other = Change(clause="open-1", was=was, now=was.replace(f"{ENDLESS}.", f"{ENDLESS} y."))
    words = shortened(f"Vendors document {ENDLESS} y.", 80)
    assert f"would make it read “{words}”, and must" in between(one, other, text).why
