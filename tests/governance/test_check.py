from dataclasses import replace

import pytest

from governance.history import ONE, SOURCES, History, member, reword
from governance.paper import paper
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.budget import spending, words_of
from manifesto_tui.governance.check import amendment_problems, check
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.enumeration import in_words, promised, wrong_counts
from manifesto_tui.governance.manifesto import Budget, Manifesto, Source
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.referring import linked_files
from manifesto_tui.governance.rules import READY, Entrenched, Threshold
from manifesto_tui.prose import anchor_text, read_text


def assembly_of(text: str, budget: Budget | None = None, language: str = "en-GB") -> Assembly:
    settings = Manifesto("Made up", ("m.md",), language=language, budget=budget or Budget())
    base = History().assembly
    return replace(base, manifesto=settings, text=read_text({"m.md": text}))


def found(assembly: Assembly) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in check(assembly)]


def codes(text: str, **more) -> list[tuple[str, int, int]]:
    return found(assembly_of(text, **more))


def test_a_text_in_order_has_no_problem():
    assert check(History().assembly) == ()


def test_what_could_not_be_read_is_a_problem_too():
    problem = Problem(Place("manifesto/rules.yaml", 3, 1), "unreadable", "It is not.")
    assert check(replace(History().assembly, problems=(problem,))) == (problem,)


# The text


def test_a_clause_without_an_anchor_is_a_note():
    problems = check(assembly_of("# One <!-- #one -->\n\nWords.\n"))
    assert [(p.code, p.severity, p.place.line) for p in problems] == [("anchor-missing", "note", 3)]


def test_an_anchor_that_stands_twice():
    text = "# One <!-- #one -->\n\nA. <!-- #one-1 -->\n\nB. <!-- #one-1 -->\n"
    problems = check(assembly_of(text))
    assert [(p.code, p.place.line) for p in problems] == [("anchor-twice", 5)]
    assert "m.md:3" in problems[0].sentence


def test_a_hidden_character_is_found_where_it_stands():
    text = "# One <!-- #one -->\n\nPay\u202e ten. <!-- #one-1 -->\n"
    problems = check(assembly_of(text))
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [
        ("hidden-character", 3, 4)
    ]
    assert "U+202E" in problems[0].sentence


def test_a_long_sentence_is_advice_at_its_place():
    text = f"# One <!-- #one -->\n\nShort. {'Word ' * 26}end. <!-- #one-1 -->\n"
    problems = check(assembly_of(text))
    assert [(p.code, p.severity, p.place.line, p.place.column) for p in problems] == [
        ("long-sentence", "warning", 3, 8)
    ]
    assert "27 words" in problems[0].sentence
    assert codes(text, budget=Budget(sentence=27)) == []
    assert codes(text, budget=Budget(sentence=None)) == []


CITING = (
    "# One <!-- #one -->\n\n"
    "Yes [@known]. <!-- #one-1 -->\n\n"
    "No [@unknown]. <!-- #one-2 -->\n\n"
    "Bare words. <!-- #one-3 -->\n"
)


def test_citations_are_checked_against_the_sources():
    sources = {"known": Source("known", "A"), "unused": Source("unused", "B")}
    assembly = replace(assembly_of(CITING), sources=sources)
    assert found(assembly) == [
        ("source-unknown", 5, 5),
        ("unsourced", 7, 0),
        ("source-unused", 0, 0),
    ]


def test_a_source_that_only_an_amendment_argues_from_is_in_use():
    argued = Amendment("k7f3", "T", "one", "", "", (), sources=("unused",))
    proposals = (Proposal("proposals/2026-11/k7f3-t", (argued,)),)
    sources = {"known": Source("known", "A"), "unused": Source("unused", "B")}
    assembly = replace(assembly_of(CITING), sources=sources, proposals=proposals)
    assert "source-unused" not in [code for code, _, _ in found(assembly)]


def test_where_nothing_is_cited_nothing_is_unsourced():
    assert codes("# One <!-- #one -->\n\nBare words. <!-- #one-1 -->\n") == []


def test_items_rest_on_what_the_paragraph_before_them_cites():
    text = (
        "# One <!-- #one -->\n\nAll of [@known]: <!-- #one-1 -->\n\n"
        "- this <!-- #one-2 -->\n- that <!-- #one-3 -->\n"
    )
    assembly = replace(assembly_of(text), sources={"known": Source("known", "A")})
    assert found(assembly) == []


def test_a_reference_to_nothing_is_broken():
    text = (
        "# Open data <!-- #open -->\n\n"
        "See [this](#open-1), [that](#open-data), [none](#open-9), "
        "[far](https://example.org/#x). <!-- #open-1 -->\n"
    )
    assert codes(text) == [("reference-broken", 3, text.splitlines()[2].index("](#open-9") + 1)]


def test_a_link_to_another_file_names_what_stands_there():
    links = "[b](two.md#b-1), [none](two.md#a-1), [far](../README.md#x)"
    one = f"# A <!-- #a -->\n\n{links}. <!-- #a-1 -->\n"
    text = read_text({"t/one.md": one, "t/two.md": "# B <!-- #b -->\n\nWords. <!-- #b-1 -->\n"})
    assembly = replace(assembly_of(""), text=text)
    assert [p.sentence for p in check(assembly)] == ["Nothing in t/two.md is called “a-1”."]
    assert linked_files(text) == {"README.md"}
    assert [p.sentence for p in check(assembly, {"README.md"})] == [
        "Nothing in t/two.md is called “a-1”.",
        "There is no file README.md.",
    ]


def test_a_number_that_no_clause_has_is_a_broken_reference():
    text = "# A <!-- #a -->\n\nSee clause 1.1, not clause 1.7 or principle 2. <!-- #a-1 -->\n"
    said = [p.sentence for p in check(assembly_of(text))]
    assert said == ["The text has no clause 1.7.", "The text has no principle 2."]
    assert codes(text.replace("1.7 or", "1.7 of the Act or").replace("2.", "1.")) == []
    assert codes(text, language="fr") == []


COUNTING = "# {} <!-- #p -->\n\n" + "".join(f"- Point {n}. <!-- #p-{n} -->\n" for n in range(4))


@pytest.mark.parametrize("title", ["The five points", "5 points", "Our three main priorities"])
def test_a_title_that_promises_another_number_than_follows(title):
    problems = check(assembly_of(COUNTING.format(title)))
    assert [(p.code, p.severity, p.place.line) for p in problems] == [("count-wrong", "warning", 1)]
    assert problems[0].sentence.endswith("is followed by four.")


@pytest.mark.parametrize("title", ["The four points", "One point", "Five", "Nine to five"])
def test_a_title_that_promises_no_other_number(title):
    assert codes(COUNTING.format(title)) == []


def test_numbers_are_read_in_english_only():
    assert codes(COUNTING.format("The five points"), language="fa") == []


def test_a_title_over_principles_counts_them():
    principles = "".join(f"## {name} <!-- #{name.lower()} -->\n\n" for name in "ABC")
    text = f"# The two principles <!-- #t -->\n\n{principles}"
    wrong = list(wrong_counts(read_text({"m.md": text})))
    assert [w.sentence for w in wrong] == ["“two principles” is followed by three."]
    assert not list(wrong_counts(read_text({"m.md": text.replace("two", "three")})))


def test_a_paragraph_before_a_list_counts_its_items():
    items = "- x <!-- #a-2 -->\n- y <!-- #a-3 -->\n"
    text = f"# A <!-- #a -->\n\nWe have three aims: <!-- #a-1 -->\n\n{items}"
    assert codes(text) == [("count-wrong", 3, 0)]
    assert codes(text.replace("three aims:", "three aims.")) == []


def test_of_several_lists_under_a_title_the_first_may_be_the_one_that_is_meant():
    lists = "Some words.\n\n- a\n- b\n\nMore words.\n\n- c\n"
    assert not list(wrong_counts(read_text({"m.md": f"# Two aims\n\n{lists}"})))
    assert not list(wrong_counts(read_text({"m.md": f"# Three aims\n\n{lists}"})))
    assert list(wrong_counts(read_text({"m.md": f"# Four aims\n\n{lists}"})))


def test_what_stands_within_an_item_is_not_counted():
    items = "- x <!-- #a-2 -->\n  - y <!-- #a-3 -->\n  - z <!-- #a-4 -->\n- w <!-- #a-5 -->\n"
    assert codes(f"# A <!-- #a -->\n\nWe have two aims: <!-- #a-1 -->\n\n{items}") == []
    assert codes(f"# Two aims <!-- #a -->\n\n{items}") == []


def test_a_title_over_paragraphs_counts_them_with_or_without_one_that_opens_them():
    text = "# {} points\n\nA.\n\nB.\n\nC.\n\nD.\n"
    wrong = [bool([*wrong_counts(read_text({"m.md": text.format(n)}))]) for n in ("Two", 3, 4, 5)]
    assert wrong == [True, False, False, True]
    assert not [*wrong_counts(read_text({"m.md": "# Two lessons\n\nAll in one paragraph.\n"}))]


def test_our_principles_are_those_of_the_whole_text():
    text = read_text({"m.md": "# A\n\nOur three principles are few.\n\n# B\n\nWords.\n"})
    said = "“three principles” are promised, and the text has two."
    assert [(w.line, w.sentence) for w in wrong_counts(text)] == [(3, said)]
    assert [w.line for w in wrong_counts(text, "Five principles for care")] == [0, 3]
    assert [w.line for w in wrong_counts(text, "Two principles for care")] == [3]


def test_a_wrong_number_is_said_where_nothing_but_one_thing_follows():
    wrong = list(wrong_counts(read_text({"m.md": "# Two aims\n\n- One.\n"})))
    assert [w.sentence for w in wrong] == ["“Two aims” is followed by one."]


def test_a_promise_is_read_with_its_words():
    assert promised("Our **five** points").words == "five points"
    assert promised("Twenty reasons").number == 20
    assert promised("The one rule") is None


# Length


LONG = "# One <!-- #one -->\n\nFive words are in here. <!-- #one-1 -->\n"


def test_what_is_longer_than_the_budget_is_an_error():
    budget = Budget(words=5, principle=5, clause=4)
    problems = check(assembly_of(LONG, budget))
    assert [(p.code, p.severity, p.place.line) for p in problems] == [
        ("budget-principle", "error", 1),
        ("budget-clause", "error", 3),
        ("budget-words", "error", 0),
    ]
    assert codes(LONG, budget=Budget(words=6, principle=6, clause=5)) == []


def test_an_amendment_shows_what_it_spends():
    before = read_text(SOURCES)
    after = enact(before, [Change(after="open-1", id="open-7", now="Three more words.")])
    spent = spending(Budget(words=20, principle=12), before, after)
    assert (spent.whole.before, spent.whole.after) == (words_of(before), words_of(before) + 3)
    assert [(p.name, p.change, p.limit) for p in spent.principles] == [
        ("Open", 3, 12),
        ("Teams", 0, 12),
    ]
    assert [(c.name, c.before, c.after) for c in spent.clauses] == [("open-7", 0, 3)]
    assert str(spent.whole) == f"{spent.whole.after} of 20 words (+3)"


def test_an_amendment_that_shortens_says_so():
    before = read_text(SOURCES)
    after = enact(before, [Change(clause="open-2", was="Records follow the patient.")])
    assert str(spending(Budget(), before, after).whole) == f"{words_of(after)} words (−4)"


def test_anchors_and_citations_are_no_words():
    assert words_of(read_text({"m.md": "Yes **we** can [@key]. <!-- #a-1 -->\n"})) == 3


# The record


def test_an_empty_roll_and_one_without_a_steward():
    history = History()
    for handle in ("ada", "bea", "cem", "dov", "eve"):
        history.commit({f"manifesto/roll/{handle}.yaml": paper(member(handle, roles=()))})
    assert [p.code for p in check(history.assembly)] == ["no-steward"]
    for handle in ("ada", "bea", "cem", "dov", "eve"):
        history.commit({f"manifesto/roll/{handle}.yaml": paper(member(handle, retired=True))})
    assert [p.code for p in check(history.assembly)] == ["roll-empty"]


def test_a_role_that_there_is_not():
    history = History()
    misspelt = member("bea", roles=("stewart",))
    history.commit({"manifesto/roll/bea.yaml": paper(misspelt)})
    (problem,) = check(history.assembly)
    assert (problem.code, problem.severity) == ("role-unknown", "warning")
    assert str(problem.place) == "manifesto/roll/bea.yaml"
    assert problem.sentence == "There is no role “stewart”, so it allows nothing."


def test_an_address_that_two_members_share():
    history = History()
    shared = member("bea", addresses=("ADA@example.org",))
    history.commit({"manifesto/roll/bea.yaml": paper(shared)})
    assert [(p.code, str(p.place)) for p in check(history.assembly)] == [
        ("address-twice", "manifesto/roll/bea.yaml")
    ]


def test_an_open_amendment_that_no_longer_fits_is_a_note():
    history = History(in_force=False)
    history.propose("k7f3")
    history.commit({ONE: history.files[ONE].replace(b"document", b"draw")})
    problems = check(history.assembly)
    assert [(p.code, p.severity) for p in problems] == [("needs-revision", "note")]
    assert problems[0].place.path.endswith("k7f3-made-up/amendment.yaml")


def test_an_anchor_that_a_decision_deleted_may_not_come_back():
    history = History(in_force=False)
    history.adopt("k7f3", Change(clause="open-2", was="Records follow the patient."))
    history.commit({ONE: SOURCES[ONE].replace("Records", "Data").encode()})
    assert [p.code for p in check(history.assembly)] == ["anchor-reused"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ((), "no-changes"),
        ((reword("open-1", "document", "draw"),) * 2, "change-twice"),
        ((Change(after="open-1", id="open-7"),), "change-incomplete"),
        ((Change(clause="open-1", now="Words."),), "change-incomplete"),
        ((Change(after="open-1", now="Words."),), "change-incomplete"),
        ((Change(after="open-1", id="open-7", now="Pay\u200b\u200b ten."),), "hidden-character"),
    ],
)
def test_an_amendment_that_is_wrong_in_itself(changes, code):
    history = History()
    history.propose("k7f3")
    amendment = replace(history.proposal("k7f3").amendment, changes=changes)
    problems = list(amendment_problems(history.assembly, amendment, "a.yaml"))
    assert [(p.code, p.place.path) for p in problems] == [(code, "a.yaml")]


def test_what_an_amendment_names_must_exist():
    history = History()
    history.propose("k7f3", sources=("unknown",), rivals=("zzzz",))
    assert {p.code for p in check(history.assembly)} == {"source-unknown", "rival-unknown"}


def test_problems_stand_in_the_order_of_their_places():
    text = "# One <!-- #one -->\n\nPay\u202e. <!-- #one-1 -->\n\nB. <!-- #one-1 -->\n"
    places = [p.place for p in check(assembly_of(text))]
    assert places == sorted(places)
    assert len(places) == 2


def test_each_problem_says_what_is_wrong_and_what_to_do():
    history = History()
    history.propose(
        "k7f3",
        Change(clause="open-1", was="Pay\u200b.", now="Pay\u200b ten."),
        Change(after="open-1", id="open-7"),
        sources=("unknown",),
        rivals=("zzzz",),
    )
    amendment = history.proposal("k7f3").amendment
    assert [str(p) for p in amendment_problems(history.assembly, amendment, "a.yaml")] == [
        "a.yaml: The new words of open-1 hold a character that nobody sees (ZERO WIDTH SPACE). "
        "Delete it: people vote on what they see.",
        "a.yaml: The old words of open-1 hold a character that nobody sees (ZERO WIDTH SPACE). "
        "Delete it: people vote on what they see.",
        "a.yaml: The insertion of open-7 has no words.",
        "a.yaml: The sources hold no “unknown”. Add it to manifesto/sources.yaml, or correct the "
        "key.",
        "a.yaml: No amendment is called zzzz.",
    ]
    nothing = replace(amendment, changes=(), sources=(), rivals=())
    (problem,) = amendment_problems(history.assembly, nothing, "a.yaml")
    assert problem.sentence == "This amendment changes nothing."
    ruling = replace(nothing, rules=history.assembly.rules)
    assert list(amendment_problems(history.assembly, ruling, "a.yaml")) == []


def test_what_no_longer_fits_is_named_by_its_latest_file():
    history = History(in_force=False)
    history.propose("k7f3")
    filed = history.proposal("k7f3").amendment
    revised = paper(replace(filed, revision=2))
    history.commit({"proposals/2026-11/k7f3-made-up/revision-2.yaml": revised})
    assert check(history.assembly) == ()
    history.commit({ONE: history.files[ONE].replace(b"document", b"draw")})
    (problem,) = check(history.assembly)
    assert str(problem) == (
        "proposals/2026-11/k7f3-made-up/revision-2.yaml: “About k7f3” no longer fits the text. The "
        "same words of clause 1.1 have changed since; they now read “draw”. Its proposer can file "
        "a revision, or withdraw it."
    )


def test_an_address_is_told_apart_from_a_members_own_second_one():
    history = History()
    twice = member("bea", addresses=("bea@example.org", "BEA@example.org"))
    history.commit({"manifesto/roll/bea.yaml": paper(twice)})
    assert check(history.assembly) == ()


def test_an_anchor_back_in_the_text_is_found_for_what_was_deleted_alone():
    history = History(in_force=False)
    history.adopt("k7f3", reword("open-1", "document", "publish"))
    history.propose("m2pq", Change(clause="open-2", was="Records follow the patient."))
    history.open("m2pq")
    history.vote("m2pq", "ada", "bea", "cem", choice="against")
    history.decide("m2pq")
    assert check(history.assembly) == ()


@pytest.mark.parametrize(
    ("ordinary", "more", "below"),
    [
        ("more than 1/2 of members", "at least 1/2 of members", True),
        ("at least 1/2 of members", "more than 1/2 of members", False),
        ("at least 1/2 of members", "at least 1/2 of members", False),
        ("at least 2/3 of members", "at least 1/2 of members", True),
        ("at least 2/3 of members", "at least 1/2 of votes cast", False),
        ("at least 3 members", "at least 2 members", True),
        ("at least 2 members", "at least 3 members", False),
    ],
)
def test_what_is_entrenched_takes_no_less_than_the_rest(ordinary, more, below):
    share = Threshold.parse(ordinary)
    bound = Entrenched(Threshold.parse(more), ("open-1",))
    rules = replace(READY["simple"], threshold=share, entrenched=bound)
    found = check(replace(History().assembly, rules=rules))
    said = [f"What is entrenched takes less than the rest: {more} is below {ordinary}."]
    assert [p.sentence for p in found] == (said if below else [])


def test_the_principle_that_is_too_long_is_named_where_it_stands():
    text = "# One <!-- #one -->\n\nA. <!-- #one-1 -->\n\n# Two words <!-- #two -->\n"
    problems = check(assembly_of(text, Budget(principle=1, sentence=None)))
    assert [(p.code, p.place.line) for p in problems] == [
        ("budget-principle", 1),
        ("budget-principle", 5),
    ]


def test_a_long_sentence_is_found_at_the_very_start_and_before_marks():
    text = f"Short words **bold** {'word ' * 26}end. <!-- #a -->\n"
    assert codes(text) == [("long-sentence", 1, 1)]
    text = f"Well. Short words **bold** {'word ' * 26}end. <!-- #a -->\n"
    assert codes(text) == [("long-sentence", 1, 7)]


def test_only_files_of_words_beside_the_text_are_looked_for():
    links = "[a](b.md), ![c](d.png), [e](../f.md), [g](/h.md), [i](https://j.org/k.md), [l](#m)"
    text = read_text({"t/one.md": f"# A\n\n{links}\n"})
    assert linked_files(text) == {"t/b.md", "f.md"}
    code = read_text({"t/one.md": "```\n[a](b.md#c)\n```\n"})
    assert check(replace(assembly_of(""), text=anchor_text(code)), {"t/b.md"}) == ()


@pytest.mark.parametrize(
    ("number", "words"), [(0, "none"), (1, "one"), (12, "twelve"), (20, "twenty"), (21, "21")]
)
def test_small_numbers_are_said_in_words(number, words):
    assert in_words(number) == words
