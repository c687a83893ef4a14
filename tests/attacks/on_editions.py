"""Attacks on editions, their tags, and whose names stand under them."""

from attacks.catalogue import FUND, attack
from attacks.stage import SIMPLE, STEWARD, TEXT, Stage
from manifesto_tui.record import layout

FIRST = layout.edition_path("1.0.0")
DIGEST = "sha256:" + "0" * 64


@attack("edition-tag-moved", base="edition")
def edition_tag_moved(stage: Stage) -> None:
    """The tag of an edition is moved to another commit."""
    stage.git("tag", "-f", "-a", "-m", "Edition 1.0.0", "edition-1.0.0", "HEAD~2")


@attack("edition-tag-plain", base="edition")
def edition_tag_replaced(stage: Stage) -> None:
    """The tag of an edition is replaced by one that says nothing."""
    stage.git("tag", "-f", "edition-1.0.0", "edition-1.0.0^{commit}")


@attack("edition-tag-alone", base="edition")
def edition_that_is_only_a_tag(stage: Stage) -> None:
    """A tag calls a commit an edition that nobody made."""
    stage.git("tag", "-a", "-m", "Edition 2.0.0", "edition-2.0.0")


@attack("record-edited", base="edition")
def edition_edited(stage: Stage) -> None:
    """An edition is changed after it was made."""
    stage.edit(FIRST, "steward: ada", "steward: bea")
    stage.commit()


@attack("edition-tag-alone", "record-deleted", "record-deleted", base="edition")
def edition_taken_away(stage: Stage) -> None:
    """An edition is taken out of the record."""
    stage.remove(FIRST, f"{FIRST}.sig")
    stage.commit()


@attack("edition-number", base="edition")
def edition_called_major(stage: Stage) -> None:
    """A change of one clause is called a major edition."""
    stage.adopt("w8hn", FUND)
    stage.make_edition(number="2.0.0", decisions=("w8hn",))


@attack("edition-text", base="decided")
def edition_of_another_text(stage: Stage) -> None:
    """An edition names the digest of another text."""
    stage.make_edition(text=DIGEST)


@attack("text-edited", base="decided")
def text_edited_with_an_edition(stage: Stage) -> None:
    """An edition brings an edit of the text along."""
    stage.edit(TEXT, "Records follow the patient.", "Records follow the money.")
    stage.make_edition()


@attack("edition-decisions", base="decided")
def edition_that_hides_a_decision(stage: Stage) -> None:
    """An edition leaves out a decision that it comprises."""
    stage.make_edition(decisions=())


@attack("edition-maker", base="decided")
def edition_made_by_a_member(stage: Stage) -> None:
    """A member who is no steward makes an edition."""
    stage.make_edition(steward="cem")


@attack("signature-mismatch", base="decided")
def edition_in_the_name_of_a_steward(stage: Stage) -> None:
    """A member makes an edition in a steward's name, with their own key."""
    made = stage.edition()
    stage.record(FIRST, made, STEWARD, signer="cem")
    stage.git("tag", "-a", "-m", "Edition 1.0.0", made.tag)


@attack("signatory-by", base="edition")
def name_recorded_by_a_member(stage: Stage) -> None:
    """A member who is no steward records the name of somebody who did not ask."""
    stage.name("kim", recorded_by="cem")


@attack("signatory-by", base="edition")
def name_of_a_stranger(stage: Stage) -> None:
    """Somebody whom the roll does not know puts a name there by themselves."""
    stage.name("mallory", signer="")


@attack("signature-mismatch", base="edition")
def name_of_another_member(stage: Stage) -> None:
    """A member puts another's name to an edition, with their own key."""
    stage.name("dov", signer="cem")


@attack("signatory-name", base="edition")
def name_of_a_member_under_another_handle(stage: Stage) -> None:
    """A steward records a member's name as somebody else's."""
    stage.name("kim", name="Dov, made up", recorded_by=STEWARD)


@attack("signatory-name", base="edition")
def member_counted_for_another_constituency(stage: Stage) -> None:
    """A member signs for a constituency that they are not of."""
    stage.name("cem", constituency="patients")


@attack("signatory-edition", base="edition")
def name_under_an_edition_there_is_not(stage: Stage) -> None:
    """A name stands under an edition that nobody made."""
    stage.name("cem", edition="7.0.0")


@attack("signatory-by", base="edition")
def name_taken_back_by_somebody_else(stage: Stage) -> None:
    """A member who is no steward takes another's name back."""
    stage.name(
        "bea", name="", edition="", signed="", withdrawn="2026-12-20T12:00:00Z", recorded_by="cem"
    )


@attack("record-deleted", "record-deleted", base="edition")
def name_taken_out(stage: Stage) -> None:
    """A name is taken out of the record rather than taken back."""
    path = layout.signatory_path("bea")
    stage.remove(path, f"{path}.sig")
    stage.commit()


@attack("record-unsigned", base="required")
def name_unsigned_where_it_must_be_signed(stage: Stage) -> None:
    """A name stands unsigned where the rules require signatures."""
    stage.make_edition()
    stage.name("cem", signer="")


@attack("edition-tag-missing", base="edition")
def edition_without_its_tag(stage: Stage) -> None:
    """The tag of an edition is deleted."""
    stage.git("tag", "-d", "edition-1.0.0")


@attack("edition-early", base="empty")
def edition_of_a_draft(stage: Stage) -> None:
    """An edition is made of a text that was never put in force."""
    stage.signing = True
    stage.found(SIMPLE, in_force=False)
    stage.make_edition()
