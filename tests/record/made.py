"""Made-up values and files for the tests of the record."""

from dataclasses import replace

from manifesto_tui.governance import paths
from manifesto_tui.governance.amendment import Amendment, Change, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Option, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Entrenched, Rules, Threshold
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.record import forms, layout
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import PLAIN, list_tree

DIGEST = "sha256:" + "5e" * 32
COMMIT = "1234e567" * 5
FOLDER = "proposals/2026-11/k7f3-publish"
TEXT = b"# Open <!-- #open -->\n\nPublish it. <!-- #open-1 -->\n"

MANIFESTO = Manifesto("A made-up manifesto", ("manifesto/01-open.md",))
ANNA = Member("anna", "Made-up Anna", "clinicians", roles=("steward",))
AMENDMENT = Amendment(
    id="k7f3",
    title="Publish every interface",
    proposer="anna",
    filed="2026-11-20T10:04:00Z",
    base=COMMIT,
    changes=(
        Change(clause="open-1", was="Publish it.", now="Publish all of it."),
        Change(after="open-1", id="open-2", now="- a charge: a reason not to buy"),
        Change(clause="open", was="# Open"),
        Change(clause="open-1", was="Publish it.", move_after="start"),
    ),
    rationale="Because it helps.\n\nAnd because: no.",
    sources=("wachter-2016",),
    rivals=("m2pq",),
)
RULES = Rules(
    proxies=2,
    change_days=7,
    entrenched=Entrenched(
        Threshold.parse("at least 3/4 of members"),
        ("open", "open-1"),
        rules=True,
        quorum=Threshold.parse("at least 7 members"),
        each=Threshold.parse("at least 2/3 of votes cast"),
    ),
)
SECOND = Second("anna", "2026-11-20T11:00:00+01:00", 1)
COMMENT = Comment(
    member="anna",
    at="2026-11-20T11:00:00Z",
    text="I agree.",
    clause="open-1",
    quote="it",
    path=f"{FOLDER}/comments/20261120t110000z-anna.yaml",
)
WITHDRAWAL = Withdrawal("anna", "2026-11-21T09:00:00Z", "There is a better one.")
BALLOT = Ballot(
    id="k7f3",
    options=(Option("k7f3", 1, DIGEST),),
    opened="2026-11-20T12:00:00Z",
    closes="2026-12-04T12:00:00Z",
    opener="anna",
    base=COMMIT,
    roll=DIGEST,
    electorate={"clinicians": 3, "care teams": 2, "": 1},
    rules=DIGEST,
    quorum="at least 1/2 of members",
    threshold="at least 2/3 of for and against",
    each="more than 1/2 of for and against",
)
VOTE = Vote(
    ballot="k7f3",
    effect=DIGEST,
    voter="anna",
    choice="for",
    cast="2026-11-20T13:00:00Z",
    reason="It is time.",
    path=f"{FOLDER}/votes/anna.yaml",
)
DECISION = Decision(
    ballot="k7f3",
    outcome="carried",
    decided="2026-12-05T12:00:00Z",
    decider="anna",
    votes=DIGEST,
    totals={"for": 3, "against": 1, "abstain": 0},
    constituencies={"clinicians": {"for": 3, "against": 0}, "": {"for": 0, "against": 1}},
    quorum="at least 1/2 of members",
    threshold="at least 2/3 of for and against",
    text_before=DIGEST,
    text_after=DIGEST,
    adopted="k7f3",
    counted=(f"{FOLDER}/votes/anna.yaml",),
    void={f"{FOLDER}/votes/ben.yaml": "cast after the close: too late"},
)
PROXY = Proxy(
    ballot="k7f3",
    ballot_digest=DIGEST,
    giver="ben",
    holder="anna",
    given="2026-11-20T12:30:00Z",
    path=f"{FOLDER}/proxies/ben.yaml",
)
ACCEPTANCE = Acceptance(
    ballot="k7f3",
    proxy=DIGEST,
    giver="ben",
    holder="anna",
    accepted="2026-11-20T12:45:00Z",
    path=f"{FOLDER}/acceptances/anna.yaml",
)
EDITION = Edition("1.0.0", DIGEST, "2026-12-06T12:00:00Z", "anna", ("k7f3",))
SIGNATORY = Signatory("anna", "Made-up Anna", "clinicians", "1.0.0", "2026-12-06T12:00:00Z")

FILES = {
    paths.MANIFESTO: MANIFESTO,
    paths.RULES: Rules(),
    layout.member_path("anna"): ANNA,
    layout.signatory_path("anna"): SIGNATORY,
    layout.signatory_path("anna", 2): replace(
        SIGNATORY, role="Nurse", organisation="A made-up ward", recorded_by="ben", place=2
    ),
    layout.signatory_path("anna", 3): Signatory(
        "anna", withdrawn="2026-12-07T12:00:00Z", reason="No longer.", place=3
    ),
    layout.edition_path("1.0.0"): EDITION,
    layout.amendment_path(FOLDER): AMENDMENT,
    layout.amendment_path(FOLDER, 2): replace(AMENDMENT, title="Yes", revision=2),
    layout.amendment_path(FOLDER, 3): replace(AMENDMENT, changes=(), rules=RULES, revision=3),
    layout.second_path(FOLDER, "anna"): SECOND,
    COMMENT.path: COMMENT,
    layout.ballot_path(FOLDER): BALLOT,
    VOTE.path: VOTE,
    PROXY.path: PROXY,
    PROXY.path.replace("ben", "ben-2"): replace(PROXY, holder=""),
    ACCEPTANCE.path: ACCEPTANCE,
    layout.decision_path(FOLDER): DECISION,
    layout.withdrawal_path(FOLDER): WITHDRAWAL,
}


def founded() -> dict[str, bytes]:
    """The files of a founding commit."""
    return {
        paths.MANIFESTO: forms.write(MANIFESTO),
        paths.RULES: forms.write(Rules()),
        layout.member_path("anna"): forms.write(ANNA),
        "manifesto/01-open.md": TEXT,
    }


def vote_file(handle: str, choice: str = "for") -> dict[str, bytes]:
    """One vote as a file by its path."""
    vote = replace(VOTE, voter=handle, choice=choice)
    return {f"{FOLDER}/votes/{handle}.yaml": forms.write(vote)}


def files_at(repo: Repository, commit: str) -> tuple[str, ...]:
    """The paths of all plain files in a commit."""
    return tuple(path for path, e in list_tree(repo, commit, ()).items() if e.mode == PLAIN)
