"""A path of the record says what it is, and any other counts for nothing."""

import pytest

from manifesto_tui.governance.paths import folder_of, kind_of, member_at, place_of

FOLDER = "proposals/2026-11/k7f3-open"


@pytest.mark.parametrize(
    "path",
    [
        f"{FOLDER}/votes/Anna.yaml",
        f"{FOLDER}/votes/-anna.yaml",
        f"{FOLDER}/votes/an na.yaml",
        f"{FOLDER}/votes/anna.yaml\n",
        f"{FOLDER}/revision-1.yaml",
        f"{FOLDER}/votes/deep/anna.yaml",
        "proposals/2026-13/k7f3-x/ballot.yaml",
        "proposals/٢٠٢٦-١١/k7f3-x/ballot.yaml",
        "proposals/2026-11/k7f3/ballot.yaml",
        "proposals/2026-11/open-it/ballot.yaml",
        "manifesto/editions/latest.yaml",
        "manifesto/roll/" + "a" * 65 + ".yaml",
    ],
)
def test_other_paths_are_no_files_of_the_record(path):
    assert kind_of(path) is None
    assert place_of(path).folder == folder_of(path) == member_at(path) == ""


def test_a_signature_is_a_signature_whatever_it_signs():
    assert kind_of(f"{FOLDER}/ballot.yaml.sig") == "signature"
    assert kind_of("manifesto/rules.yaml.sig") == "signature"
    assert member_at("manifesto/roll/anna.yaml.sig") == ""


def test_a_path_tells_of_which_proposal_and_which_revision_it_is():
    place = place_of(f"{FOLDER}/revision-12.yaml")
    assert (place.kind, place.id, place.revision) == ("amendment", "k7f3", 12)
    assert place_of(f"{FOLDER}/amendment.yaml").revision == 1
    assert folder_of(f"{FOLDER}/votes/anna.yaml") == FOLDER
    assert folder_of("manifesto/editions/1-0-0.yaml") == ""


def test_a_path_tells_whose_file_it_is():
    assert member_at("manifesto/roll/anna.yaml") == "anna"
    assert place_of("manifesto/signatories/anna-2.yaml").name == "anna-2"
