import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.history import ONE, SOURCES, TWO, History
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.collision import relation
from manifesto_tui.governance.derive import (
    anchors_used,
    derive_changes,
    split_changes,
)
from manifesto_tui.governance.effect import enact, standing
from manifesto_tui.prose import Block, Text, anchor_text, read_text, without_anchors, write_block

TEXT = read_text(SOURCES)


def edited(path: str, old: str, new: str) -> Text:
    assert old in SOURCES[path]
    return read_text(SOURCES | {path: SOURCES[path].replace(old, new)})


def bare(text: Text) -> Text:
    return read_text({path: without_anchors(source) for path, source in text.sources.items()})


def blocks(text: Text) -> list[Block]:
    return [clause.block for _, clause in text]


def test_a_reworded_clause_is_a_replacement():
    new = edited(ONE, "Suppliers document", "Suppliers publish")
    assert derive_changes(TEXT, new) == (
        Change(
            clause="open-1",
            was="Suppliers document their interfaces.",
            now="Suppliers publish their interfaces.",
        ),
    )


def test_a_retitling_replaces_the_heading():
    new = edited(TWO, "# Teams", "# Teams in the open")
    assert derive_changes(TEXT, new) == (
        Change(clause="teams", was="# Teams", now="# Teams in the open"),
    )


def test_insertions_get_fresh_anchors_and_chain():
    new = edited(ONE, "Records follow", "No charge.\n\nNo excuse.\n\nRecords follow")
    assert derive_changes(TEXT, new, taken=["open-3"]) == (
        Change(after="open-1", id="open-4", now="No charge."),
        Change(after="open-4", id="open-5", now="No excuse."),
    )


def test_an_author_may_choose_an_anchor_that_nobody_had():
    new = edited(ONE, "Records follow", "No charge. <!-- #free -->\n\nRecords follow")
    assert derive_changes(TEXT, new)[0].id == "free"
    assert derive_changes(TEXT, new, taken=["free"])[0].id == "open-3"


def test_an_insertion_at_the_very_start():
    new = read_text({ONE: "We agree.\n\n" + SOURCES[ONE], TWO: SOURCES[TWO]})
    (change,) = derive_changes(TEXT, new)
    assert (change.after, change.now) == ("start", "We agree.")
    assert blocks(enact(TEXT, [change])) == blocks(new)


def test_a_new_principle_heads_its_clauses():
    new = edited(ONE, "the patient.", "the patient.\n\n# Safety\n\nDo no harm.")
    new = read_text(
        SOURCES | {ONE: SOURCES[ONE] + "\n# Safety first\n\nDo no harm.\n"},
    )
    assert derive_changes(TEXT, new) == (
        Change(after="open-2", id="safety-first", now="# Safety first"),
        Change(after="safety-first", id="safety-first-1", now="Do no harm."),
    )


def test_a_deletion_names_the_words_that_go():
    new = edited(TWO, "- Doctors lead. <!-- #teams-3 -->\n", "")
    assert derive_changes(TEXT, new) == (Change(clause="teams-3", was="- Doctors lead."),)


def test_a_move_names_the_place():
    new = read_text(
        {
            ONE: "# Open <!-- #open -->\n\nSuppliers document their interfaces. <!-- #open-1 -->\n",
            TWO: SOURCES[TWO] + "\nRecords follow the patient. <!-- #open-2 -->\n",
        }
    )
    assert derive_changes(TEXT, new) == (
        Change(clause="open-2", was="Records follow the patient.", move_after="teams-3"),
    )


def test_a_text_that_is_the_same_changes_nothing():
    assert derive_changes(TEXT, TEXT) == ()
    assert derive_changes(TEXT, bare(TEXT)) == ()
    assert derive_changes(TEXT, edited(ONE, "\n\n", "\n\n\n")) == ()


def test_a_text_that_lost_its_anchors_keeps_the_names_of_its_clauses():
    new = bare(edited(ONE, "Suppliers document", "Suppliers publish"))
    (change,) = derive_changes(TEXT, new)
    assert (change.clause, change.now) == ("open-1", "Suppliers publish their interfaces.")


def test_a_clause_split_in_two_keeps_its_name_and_makes_a_new_one():
    long = "Suppliers document their interfaces. They also publish how much each of them costs."
    old = read_text({ONE: f"# Open <!-- #open -->\n\n{long} <!-- #open-1 -->\n"})
    new = read_text({ONE: without_anchors(old.sources[ONE]).replace(". They", ".\n\nThey")})
    (group,) = split_changes(old, derive_changes(old, new))
    assert [(c.verb, c.target) for c in group] == [("replace", "open-1"), ("insert", "open-2")]
    assert blocks(enact(old, group)) == blocks(new)


def test_each_group_stands_by_itself():
    new = read_text(
        {
            ONE: SOURCES[ONE].replace("document", "publish") + "\nNo charge.\n\nNo excuse.\n",
            TWO: SOURCES[TWO].replace("- Doctors lead. <!-- #teams-3 -->\n", ""),
        }
    )
    groups = split_changes(TEXT, derive_changes(TEXT, new))
    assert [[c.verb for c in group] for group in groups] == [
        ["replace"],
        ["insert", "insert"],
        ["delete"],
    ]
    assert all(standing(TEXT, group).state == "clean" for group in groups)


def test_an_item_goes_with_those_that_stand_in_it():
    old = read_text(
        {ONE: "- A. <!-- #a -->\n  - B. <!-- #b -->\n  - C. <!-- #c -->\n- D. <!-- #d -->\n"}
    )
    new = read_text({ONE: "- D is last. <!-- #d -->\n"})
    groups = split_changes(old, derive_changes(old, new))
    assert [[c.target for c in group] for group in groups] == [["a", "b", "c"], ["d"]]
    assert all(enact(old, group) for group in groups)


def test_a_move_behind_an_insertion_stays_with_it():
    chain = (
        Change(after="open-1", id="open-7", now="New."),
        Change(clause="teams-1", was="Teams are funded for years.", move_after="open-7"),
        Change(clause="open-2", was="Records follow the patient."),
    )
    assert split_changes(TEXT, chain) == (chain[:2], chain[2:])


def test_every_anchor_that_was_ever_named_is_taken():
    history = History()
    history.propose("k7f3", Change(after="open-1", id="open-9", now="New."))
    assert {"open-1", "open-9", "teams"} <= anchors_used(history.assembly)


# Properties: whatever somebody does to the text, deriving and enacting gives it back.

WORDS = st.sampled_from(
    [
        "Publish every interface before it goes live.",
        "Nobody pays to see their own record.",
        "Teams that build a service run it too.",
        "Staff can say no to a system that harms.",
        "Old systems are switched off with care.",
        "Paper works when the network does not.",
    ]
)


@st.composite
def edits(draw) -> Text:
    files = {}
    everything = [list(outline.clauses) for _, outline in TEXT.documents]
    for clauses in everything:
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(clauses)))
            verb = draw(st.sampled_from(["insert", "delete", "move", "reword"]))
            if verb == "insert":
                clauses.insert(at, Block("paragraph", draw(WORDS)))
            elif clauses and at < len(clauses):
                if verb == "delete":
                    del clauses[at]
                elif verb == "move":
                    other = draw(st.sampled_from(everything))
                    other.insert(draw(st.integers(0, len(other))), clauses.pop(at))
                else:
                    block = getattr(clauses[at], "block", clauses[at])
                    words = f"{block.text.removesuffix('.')} {draw(WORDS).lower()}"
                    clauses[at] = Block(block.kind, words, block.depth, block.ordered)
    keep = draw(st.booleans())
    for (path, _), clauses in zip(TEXT.documents, everything, strict=True):
        parts = []
        for clause in clauses:
            anchor = getattr(clause, "anchor", None)
            name = f" <!-- #{anchor} -->" if anchor and keep else ""
            parts.append(write_block(getattr(clause, "block", clause)) + name)
        files[path] = "\n\n".join(parts) + "\n"
    return read_text(files)


@given(edits())
def test_enacting_what_was_derived_gives_the_edited_text(new):
    changes = derive_changes(TEXT, new, TEXT.by_anchor)
    after = enact(TEXT, changes)
    assert blocks(after) == blocks(new)


@given(edits())
def test_what_was_derived_names_each_clause_once_and_every_clause_has_a_name(new):
    changes = derive_changes(TEXT, new)
    targets = [change.target for change in changes]
    assert len(targets) == len(set(targets))
    anchors = [clause.anchor for _, clause in enact(TEXT, changes)]
    assert None not in anchors
    assert len(anchors) == len(set(anchors))


@given(edits())
def test_old_clauses_keep_their_names_and_new_ones_take_nobody_elses(new):
    for change in derive_changes(TEXT, new, ["open-3"]):
        if change.verb == "insert":
            assert change.id not in TEXT.by_anchor
            assert change.id != "open-3"
        else:
            assert change.clause in TEXT.by_anchor


# The real history of a manifesto: two people edited it at the same time, and git stopped for one
# word while it let the new title of a principle through without a word.

CORPUS = Path(__file__).parents[3] / "shared/corpus/clinical-digital-manifesto-history.json"


@pytest.fixture(scope="module")
def sides() -> dict[str, Text]:
    if not CORPUS.exists():
        pytest.skip("The real history is not beside this repository.")
    commits = {c["commit"][:7]: c["files"] for c in json.loads(CORPUS.read_text("utf-8"))}
    return {
        name: read_text({p: s for p, s in commits[name].items() if p.endswith("manifesto.md")})
        for name in ("4601337", "71ccb9a", "396bbe3")
    }


def test_real_edits_become_amendments_that_give_the_edited_text(sides):
    base = anchor_text(sides["4601337"])
    for side in ("71ccb9a", "396bbe3"):
        after = enact(base, derive_changes(base, sides[side]))
        assert blocks(after) == blocks(sides[side])


def test_a_real_retitling_is_one_change_among_the_others(sides):
    base = anchor_text(sides["4601337"])
    retitled = [c for c in derive_changes(base, sides["396bbe3"]) if (c.was or "").startswith("#")]
    assert [(c.was, c.now) for c in retitled] == [
        (
            "## 5. We shift control from Big IT to NHS care teams",
            "## 5. We develop the capabilities of digital teams in the NHS",
        )
    ]


def test_two_real_edits_meet_where_they_say_the_same_and_where_they_differ(sides):
    base = anchor_text(sides["4601337"])
    one, other = (
        Amendment(name, name, "x", "", "", derive_changes(base, sides[name]))
        for name in ("71ccb9a", "396bbe3")
    )
    found = relation(base, one, other)
    said = {overlap.why for overlap in found.each}
    assert any(why.endswith("and differ in “find” or “realise”.") for why in said)
    assert any(why.startswith("Both insert “Where this means changing") for why in said)
    assert any("“skill-sets” or “skillsets”" in why for why in said)


def test_of_two_items_the_outer_one_does_not_go_alone():
    old = read_text({ONE: "- A. <!-- #a -->\n  - B. <!-- #b -->\n- C. <!-- #c -->\n"})
    out, within = (Change(clause="a", was="- A."), Change(clause="b", was="  - B."))
    assert split_changes(old, (out, within)) == ((out, within),)
    assert split_changes(old, (within, out)) == ((within, out),)
    last = Change(clause="c", was="- C.")
    assert split_changes(old, (within, last, out)) == ((within, last, out),)
    assert split_changes(old, (last, out, within)) == ((last,), (out, within))


def test_what_stands_behind_a_reworded_clause_goes_by_itself():
    reworded = Change(clause="open-1", was="Suppliers document their interfaces.", now="All do.")
    behind = Change(after="open-1", id="open-7", now="No charge.")
    assert split_changes(TEXT, (reworded, behind)) == ((reworded,), (behind,))


def test_a_clause_at_the_end_of_one_file_that_begins_the_next_has_not_moved():
    moved = "Records follow the patient. <!-- #open-2 -->\n\n"
    new = read_text({ONE: SOURCES[ONE].replace(f"\n{moved[:-1]}", ""), TWO: moved + SOURCES[TWO]})
    assert derive_changes(TEXT, new) == ()
    both = read_text({p: s.replace("Nurses lead", "Nurses rule") for p, s in new.sources.items()})
    assert [c.target for c in derive_changes(TEXT, both)] == ["teams-2"]


def test_a_clause_without_an_anchor_is_passed_over():
    old = read_text({ONE: "# A <!-- #a -->\n\nWords of it.\n\nGone. <!-- #a-2 -->\n"})
    new = read_text({ONE: "# A <!-- #a -->\n\nWords of it all.\n"})
    assert derive_changes(old, new) == (Change(clause="a-2", was="Gone."),)
    without = read_text({ONE: "# A <!-- #a -->\n\nGone. <!-- #a-2 -->\n"})
    assert derive_changes(old, without) == ()
