import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.history import CLAUSES, ONE, SOURCES, TWO, reword
from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.effect import effect_of, enact, standing, text_digest
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.rebasing import rebase
from manifesto_tui.governance.wording import written
from manifesto_tui.prose import Text, anchor_text, read_text, shortened

TEXT = read_text(SOURCES)
PUBLISH = reword("open-1", "document", "publish")
DELETE = Change(clause="open-2", was=CLAUSES["open-2"])
INSERT = Change(after="open-1", id="open-7", now="Interfaces are free to use.")
MOVE = Change(clause="open-2", was=CLAUSES["open-2"], move_after="teams-1")


def words(text: Text) -> list[str]:
    return [clause.text for _, clause in text]


def text_with(old: str, new: str) -> Text:
    return read_text({path: source.replace(old, new) for path, source in SOURCES.items()})


def test_a_replacement_touches_the_bytes_of_its_clause_only():
    after = enact(TEXT, [PUBLISH])
    assert after.sources == {
        ONE: SOURCES[ONE].replace("Suppliers document", "Suppliers publish"),
        TWO: SOURCES[TWO],
    }


def test_a_retitling_is_a_replacement_of_the_heading():
    after = enact(TEXT, [Change(clause="open", was="# Open", now="# Open by default")])
    assert after.sources[ONE].startswith("# Open by default <!-- #open -->\n\n")


def test_an_insertion_stands_after_its_clause_and_carries_its_anchor():
    after = enact(TEXT, [INSERT])
    assert words(after)[1:4] == [
        "Suppliers document their interfaces.",
        "Interfaces are free to use.",
        "Records follow the patient.",
    ]
    assert after.by_anchor["open-7"][0] == ONE


def test_several_insertions_in_a_row_chain_through_their_ids():
    chain = [INSERT, Change(after="open-7", id="open-8", now="Nobody is charged.")]
    assert words(enact(TEXT, chain))[2:4] == ["Interfaces are free to use.", "Nobody is charged."]


def test_an_insertion_at_the_start():
    after = enact(TEXT, [Change(after="start", id="preamble", now="We agree.")])
    assert words(after)[:2] == ["We agree.", "Open"]


def test_an_insertion_may_stand_after_a_clause_that_the_same_amendment_deletes():
    changes = [DELETE, Change(after="open-2", id="open-7", now="Records are the patient’s.")]
    assert words(enact(TEXT, changes))[1:4] == [
        "Suppliers document their interfaces.",
        "Records are the patient’s.",
        "Teams",
    ]


def test_a_deletion_takes_the_clause_and_nothing_else():
    after = enact(TEXT, [DELETE])
    assert "open-2" not in after.by_anchor
    assert len(words(after)) == len(words(TEXT)) - 1


def test_a_move_takes_the_anchor_along_into_another_file():
    after = enact(TEXT, [MOVE])
    assert after.by_anchor["open-2"][0] == TWO
    assert words(after)[3:5] == ["Teams are funded for years.", "Records follow the patient."]


def test_a_move_with_new_words():
    moved = Change(
        clause="open-2", was=CLAUSES["open-2"], now="Data follow people.", move_after="start"
    )
    assert words(enact(TEXT, [moved]))[0] == "Data follow people."


def test_a_move_with_new_words_is_moot_only_where_both_are_there():
    words = "Data follow people."
    moved = Change(clause="open-2", was=CLAUSES["open-2"], now=words, move_after="open")
    placed = enact(TEXT, [Change(clause="open-2", was=CLAUSES["open-2"], move_after="open")])
    worded = enact(TEXT, [Change(clause="open-2", was=CLAUSES["open-2"], now=words)])
    done = enact(TEXT, [moved])
    states = [standing(text, [moved]).state for text in (TEXT, placed, worded, done)]
    assert states == ["clean", "clean", "clean", "moot"]
    assert enact(placed, [moved]) == enact(worded, [moved]) == done


def test_an_item_stays_an_item():
    after = enact(TEXT, [reword("teams-2", "Nurses", "Midwives")])
    assert after.sources[TWO] == SOURCES[TWO].replace("Nurses", "Midwives")


def test_a_nested_item_stands_as_deep_as_it_says():
    after = enact(TEXT, [Change(after="teams-2", id="teams-4", now="  - In every ward.")])
    assert (
        "- Nurses lead. <!-- #teams-2 -->\n  - In every ward. <!-- #teams-4 -->\n"
        in (after.sources[TWO])
    )
    out = Change(clause="teams-4", was="  - In every ward.", now="- In every ward.")
    assert enact(after, [out]).by_anchor["teams-4"][1].depth == 1


def test_what_markdown_cannot_say_is_refused():
    text = read_text({"a.md": "- Above. <!-- #a-1 -->\n  - Within. <!-- #a-2 -->\n"})
    orphaning = Change(clause="a-1", was="- Above.")
    assert standing(text, [orphaning]).state == "conflict"
    assert "cannot stand" in standing(text, [orphaning]).why
    for fitted in (enact, rebase):
        with pytest.raises(Refused) as refusal:
            fitted(text, [orphaning])
        assert refusal.value.code == "text-unwritable"


def test_what_stood_in_a_list_that_is_gone_stands_less_deep_and_has_drifted():
    orphan = Change(after="open-1", id="open-7", now="    - Three deep, and nothing above.")
    within = Change(after="open-7", id="open-8", now="      - Deeper still.")
    found = standing(TEXT, [orphan, within])
    assert found.state == "drifted"
    assert [each.block.depth for each in found.each] == [1, 2]
    assert enact(TEXT, [orphan, within]).by_anchor["open-8"][1].depth == 2


BLOCKS = (
    "# A title",
    "Some words.",
    "- An item.",
    "  - An item in it.",
    "1. The first.",
    "> Said.",
    "    code",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "<div>\n\n</div>",
)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6), st.data())
def test_what_is_listed_as_fitting_can_be_put_to_the_vote(blocks, data):
    text = anchor_text(read_text({"a.md": "\n\n".join(blocks) + "\n"}))
    changes = [Change(after="start", id="new-0", now=data.draw(st.sampled_from(BLOCKS)))]
    for at, (_, clause) in enumerate(text):
        verb = data.draw(st.sampled_from(["", "insert", "delete", "move", "replace"]))
        now, was = data.draw(st.sampled_from(BLOCKS)), written(clause.block)
        if verb == "insert":
            changes.append(Change(after=clause.anchor, id=f"new-{at + 1}", now=now))
        elif verb:
            there = data.draw(st.sampled_from(["start", *text.by_anchor])) if verb == "move" else ""
            words = None if verb == "delete" else now
            changes.append(Change(clause=clause.anchor, was=was, now=words, move_after=there))
    if standing(text, changes).state in ("clean", "drifted"):
        enact(text, changes)


# How an amendment stands


def test_where_the_clause_reads_as_it_did_it_is_clean():
    assert (
        standing(TEXT, [PUBLISH, INSERT, DELETE, reword("teams-2", "Nurses", "All")]).state
        == "clean"
    )


def test_where_other_words_changed_it_has_drifted_and_both_go_in():
    two = "Suppliers document their interfaces. They tell everyone."
    text = text_with(CLAUSES["open-1"], two.replace("everyone", "all"))
    change = Change(clause="open-1", was=two, now=two.replace("document", "publish"))
    found = standing(text, [change])
    assert found.state == "drifted"
    assert words(found.text)[1] == "Suppliers publish their interfaces. They tell all."


def test_where_the_same_sentence_changed_it_is_touched_and_not_agreed():
    text = text_with("their interfaces", "all of their interfaces")
    found = standing(text, [PUBLISH])
    assert found.state == "touched"
    assert words(found.text)[1] == "Suppliers publish all of their interfaces."
    with pytest.raises(Refused, match=r"in one sentence of 1\.1"):
        enact(text, [PUBLISH])


def test_where_the_same_words_changed_it_is_in_conflict_and_says_which():
    text = text_with("Suppliers document", "Suppliers draw")
    found = standing(text, [PUBLISH])
    assert (found.state, found.text) == ("conflict", None)
    with pytest.raises(Refused) as refusal:
        enact(text, [PUBLISH])
    assert (refusal.value.code, refusal.value.where) == ("text-conflict", "open-1")
    assert "draw" in refusal.value.sentence


def test_where_the_clause_is_gone_or_reads_so_already_it_is_moot():
    assert standing(enact(TEXT, [DELETE]), [DELETE]).state == "moot"
    assert standing(enact(TEXT, [PUBLISH]), [PUBLISH]).state == "moot"
    assert standing(enact(TEXT, [INSERT]), [INSERT]).state == "moot"
    assert standing(enact(TEXT, [MOVE]), [MOVE]).state == "moot"


def test_what_the_text_reads_already_is_enacted_by_leaving_it():
    after = enact(TEXT, [PUBLISH])
    assert enact(after, [PUBLISH]) == after


def test_where_one_clause_of_several_is_gone_the_whole_is_in_conflict():
    text = enact(TEXT, [Change(clause="open-1", was=CLAUSES["open-1"])])
    assert standing(text, [PUBLISH, DELETE]).state == "conflict"


def test_where_part_is_done_already_the_rest_still_stands():
    text = enact(TEXT, [PUBLISH])
    found = standing(text, [PUBLISH, DELETE])
    assert found.state == "clean"
    assert "open-2" not in found.text.by_anchor


def test_a_clause_that_changed_is_not_deleted_unseen():
    text = text_with("the patient", "the money")
    assert standing(text, [DELETE]).state == "conflict"


def test_an_insertion_whose_place_is_gone_is_in_conflict():
    change = Change(after="open-2", id="open-9", now="More.")
    found = standing(enact(TEXT, [DELETE]), [change])
    assert found.state == "conflict"
    assert found.why == "The clause after which “More.” is to stand is gone from the text."


def test_an_insertion_whose_id_is_taken_is_in_conflict():
    found = standing(TEXT, [Change(after="open", id="open-2", now="Something else.")])
    assert found.state == "conflict"
    assert "already called open-2" in found.why


def test_a_change_that_is_two_blocks_is_a_conflict_that_says_so():
    found = standing(TEXT, [Change(after="open", id="open-9", now="One.\n\nTwo.")])
    assert found.state == "conflict"
    assert found.why


# Effects


def test_the_effect_is_of_the_changed_clauses_and_of_no_other():
    elsewhere = text_with("Teams are funded", "All teams are funded")
    assert effect_of(TEXT, [PUBLISH]) == effect_of(elsewhere, [PUBLISH])


def test_effects_differ_where_words_kinds_or_places_do():
    amendments = [
        [PUBLISH],
        [reword("open-1", "document", "Publish")],
        [
            Change(
                clause="open-1", was=CLAUSES["open-1"], now="- Suppliers publish their interfaces."
            )
        ],
        [Change(clause="open-1", was=CLAUSES["open-1"])],
        [INSERT],
        [Change(after="open-2", id="open-7", now="Interfaces are free to use.")],
        [Change(after="open-1", id="open-8", now="Interfaces are free to use.")],
        [MOVE],
        [PUBLISH, INSERT],
    ]
    assert len({effect_of(TEXT, changes) for changes in amendments}) == len(amendments)


def test_the_effect_does_not_depend_on_the_order_of_changes():
    assert effect_of(TEXT, [PUBLISH, INSERT]) == effect_of(TEXT, [INSERT, PUBLISH])


def test_the_effect_of_an_amendment_stays_what_it_was():
    # Ballots in the world name such digests: this form may never change.
    assert effect_of(TEXT, [PUBLISH]) == (
        "sha256:70ea0f87a32aece30a1ccea8b53cea4a3f8e82e85a838f6b7a2bb1d13ed40c10"
    )


def test_an_effect_that_cannot_be_had_is_refused():
    with pytest.raises(Refused):
        effect_of(text_with("document", "draw"), [PUBLISH])


def test_the_digest_of_a_text_is_what_sha256sum_prints():
    digests = {path: hashlib.sha256(source.encode()) for path, source in SOURCES.items()}
    lines = "".join(f"{digest.hexdigest()}  {path}\n" for path, digest in digests.items())
    assert text_digest(TEXT) == "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
    assert text_digest(TEXT) != text_digest(text_with("patient", "Patient"))


@pytest.mark.parametrize("change", [PUBLISH, INSERT, MOVE], ids=lambda c: c.verb)
def test_what_was_done_already_is_left_as_it_is(change):
    after = enact(TEXT, [change])
    assert enact(after, [change]) == after
    (found,) = standing(after, [change]).each
    assert (found.state, found.is_done) == ("moot", True)


def test_what_stands_at_the_start_moves_what_stood_there_on():
    first = Change(after="start", id="preamble", now="We agree.")
    moved = Change(clause="open", was=CLAUSES["open"], move_after="preamble")
    found = standing(TEXT, [first, moved])
    assert [each.state for each in found.each] == ["clean", "moot"]
    assert found.state == "clean"


ENDLESS = "y" * 200


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([PUBLISH], "The same words of clause 1.1 have changed since; they now read “draw”."),
        ([DELETE], "Clause 1.2 is to go, but it has changed since and now reads “{}”."),
        ([Change(after="open", id="open-2", now="Other words.")],
         "Another clause is already called open-2: “{}”."),
        ([Change(clause="gone", was="Words.", now="Others.")],
         "Clause “Words.” is gone from the text."),
        ([Change(after="gone", id="open-9", now=ENDLESS)],
         "The clause after which “{}” is to stand is gone from the text."),
        ([Change(clause="open-2", was=f"Was {ENDLESS}", now=f"Is {ENDLESS}")],
         "The same words of clause 1.2 have changed since; they now read “" + ENDLESS[:79] + "…”."),
    ],
)  # fmt: skip
def test_why_an_amendment_no_longer_fits_is_said(changes, why):
    moved = {"document": "draw", CLAUSES["open-2"]: ENDLESS}
    sources = dict(SOURCES)
    for old, new in moved.items():
        sources = {path: source.replace(old, new) for path, source in sources.items()}
    found = standing(read_text(sources), changes)
    assert found.state in ("conflict", "moot")
    assert found.why == why.replace("{}", shortened(ENDLESS, 80))


def test_why_an_amendment_has_drifted_is_said():
    text = text_with(CLAUSES["open-2"], "Records follow the patient. Always.")
    worded = Change(
        clause="open-2", was=CLAUSES["open-2"], now="Records follow the patient.\nAnd others."
    )
    moved = Change(clause="open-2", was=CLAUSES["open-2"], move_after="teams-1")
    assert standing(text, [moved]).why == (
        "Clause 1.2 has changed since, and moves as it now reads."
    )
    assert standing(text, [moved]).state == "drifted"
    assert standing(TEXT, [worded]).why == ""
    clean = standing(TEXT, [PUBLISH, DELETE, INSERT])
    assert [each.why for each in clean.each] == [
        "Clause 1.1 reads as it did.",
        "Clause 1.2 reads as it did.",
        "The clause is new.",
    ]


def test_what_is_partly_gone_cannot_be_enacted_and_says_what_is():
    text = enact(TEXT, [Change(clause="open-1", was=CLAUSES["open-1"])])
    with pytest.raises(Refused) as refusal:
        enact(text, [DELETE, PUBLISH])
    assert (refusal.value.code, refusal.value.where) == ("text-conflict", "open-1")
    with pytest.raises(Refused) as refusal:
        effect_of(text, [PUBLISH])
    assert refusal.value.sentence == (
        "Clause “Suppliers document their interfaces.” is gone from the text."
    )
