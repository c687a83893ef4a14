"""Plays a made-up assembly into a history of commits, as `record` would feed it to a replay."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from governance.in_two import cuts, found_one_by_one, proved_in_two
from governance.making import AFTER, CLOSES, NOW
from governance.paper import assemble, paper
from governance.sealing import fits, key
from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.edition import latest
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.next_edition import plan
from manifesto_tui.governance.replay import CommitDelta, FileChange, Proof, replay
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import READY, Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.governance.voting import cast, decide, open_ballot

RULES = "manifesto/rules.yaml"
ONE = "manifesto/01-open.md"
TWO = "manifesto/02-teams.md"
SOURCES = {
    ONE: (
        "# Open <!-- #open -->\n\n"
        "Suppliers document their interfaces. <!-- #open-1 -->\n\n"
        "Records follow the patient. <!-- #open-2 -->\n"
    ),
    TWO: (
        "# Teams <!-- #teams -->\n\n"
        "Teams are funded for years. <!-- #teams-1 -->\n\n"
        "- Nurses lead. <!-- #teams-2 -->\n"
        "- Doctors lead. <!-- #teams-3 -->\n"
    ),
}
STEWARD = "ada"
MEMBERS = ("ada", "bea", "cem", "dov", "eve")
SIMPLE = READY["simple"]
Files = Mapping[str, bytes | None]


class History:
    """Commits one after the other, each made by the rules unless told otherwise."""

    def __init__(
        self, rules: Rules = SIMPLE, in_force: bool = True, keys: Collection[str] = ()
    ) -> None:
        self.deltas: list[CommitDelta] = []
        self.trees: dict[str, dict[str, tuple[str, bytes]]] = {}
        self.head = ""
        settings = Manifesto("Made-up manifesto", tuple(SOURCES))
        files: dict[str, bytes] = {path: source.encode() for path, source in SOURCES.items()}
        files["manifesto/rules.yaml"] = paper(rules)
        for handle in MEMBERS:
            files[f"manifesto/roll/{handle}.yaml"] = paper(
                member(handle, keys=(key(handle),) if handle in keys else ())
            )
        self.genesis = self.commit(files | {"manifesto/manifesto.yaml": paper(settings)})
        if in_force:
            self.ratify()

    def commit(
        self,
        files: Files,
        author: str = "Ada <ada@example.org>",
        parents: Sequence[str] | None = None,
        mode: str = "100644",
    ) -> str:
        """Adds a commit that writes (or, with None, deletes) files; returns its name."""
        parents = ([self.head] if self.head else []) if parents is None else parents
        old = self.trees[parents[0]] if parents else {}
        new = dict(old)
        for path, data in files.items():
            new.pop(path, None)
            if data is not None:
                new[path] = (mode, data)
        return self.add(new, author, parents)

    def add(self, tree: dict[str, tuple[str, bytes]], author: str, parents: Sequence[str]) -> str:
        """Adds a commit with a whole tree."""
        old = self.trees[parents[0]] if parents else {}
        changes = []
        for path in sorted(old.keys() | tree.keys()):
            (was_mode, was), (mode, now) = old.get(path, ("", None)), tree.get(path, ("", None))
            if (was_mode, was) != (mode, now):
                status = "A" if was is None else "D" if now is None else "M"
                if status == "M" and was_mode[:3] != mode[:3]:
                    status = "T"
                changes.append(FileChange(path, status, was_mode, mode, was, now))
        self.head = f"{len(self.deltas) + 1:040x}"
        self.trees[self.head] = tree
        self.deltas.append(CommitDelta(self.head, tuple(parents), author, tuple(changes)))
        return self.head

    def merge(self, other: str, files: Files = {}) -> str:  # noqa: B006
        """Merges another branch into the one at the head: the union, and these files over it."""
        tree = self.trees[other] | self.trees[self.head]
        for path, data in files.items():
            tree.pop(path, None)
            if data is not None:
                tree[path] = ("100644", data)
        return self.add(tree, "Ada <ada@example.org>", [self.head, other])

    @property
    def files(self) -> dict[str, bytes]:
        return {path: data for path, (_, data) in self.trees[self.head].items()}

    @property
    def assembly(self) -> Assembly:
        return replace(assemble(self.files), commit=self.head)

    def proposal(self, name: str) -> Proposal:
        return self.assembly.find(name)

    def propose(self, name: str, *changes: Change, proposer: str = "bea", **more: object) -> str:
        changes = changes or (reword("open-1", "Suppliers document", "Suppliers publish"),)
        filed = Amendment(
            name, f"About {name}", proposer, written(NOW - timedelta(days=9)), "", changes
        )
        return self.commit({f"{folder(name)}/amendment.yaml": paper(replace(filed, **more))})

    def open(self, *names: str, ballot_id: str | None = None, now: datetime = NOW) -> str:
        ballot = open_ballot(self.assembly, names, CLOSES, STEWARD, now, ballot_id)
        return self.commit({f"{folder(ballot.id)}/ballot.yaml": paper(ballot)})

    def vote(self, name: str, *voters: str, choice: str = "for", **more: object) -> str:
        for voter in voters:
            self.commit(self.vote_file(name, voter, choice, **more))
        return self.head

    def vote_file(self, name: str, voter: str, choice: str = "for", **more: object) -> Files:
        assembly = self.assembly
        holder = assembly.ballot_for(assembly.find(name))
        assert holder is not None
        roll = self.at_opening(holder).roll
        ranking = choice.split() if " " in choice else ()
        choice = "" if ranking else choice
        at = NOW + timedelta(hours=1)
        made = cast(assembly, holder, voter, at, choice=choice, ranking=ranking, roll=roll)
        again = sum(vote.voter == voter for vote in holder.votes)
        file = f"{voter}-{again + 1}" if again else voter
        return {f"{holder.folder}/votes/{file}.yaml": paper(replace(made, **more))}

    def at_opening(self, holder: Proposal) -> Assembly:
        assert holder.ballot is not None
        tree = self.trees[holder.ballot.base]
        return assemble({path: data for path, (_, data) in tree.items()})

    def decide(self, name: str, **more: object) -> str:
        return self.commit(self.decision_files(name, **more))

    def decision_files(self, name: str, at: datetime = AFTER, **more: object) -> Files:
        assembly = self.assembly
        holder = assembly.ballot_for(assembly.find(name))
        assert holder is not None
        then = self.at_opening(holder)
        made, text = decide(assembly, holder, STEWARD, at, roll=then.roll, rules=then.rules)
        texts = {
            path: source.encode()
            for path, source in text.sources.items()
            if source.encode() != self.files[path]
        }
        decided = {f"{holder.folder}/decision.yaml": paper(replace(made, **more)), **texts}
        adopted = assembly.find(made.adopted).amendment if made.adopted else None
        if adopted and adopted.rules:
            decided[RULES] = paper(adopted.rules)
        return decided

    def adopt(self, name: str, *changes: Change) -> str:
        """Proposes, opens, votes and decides."""
        self.propose(name, *changes)
        self.open(name)
        self.vote(name, "ada", "bea", "cem")
        return self.decide(name)

    def ratify(self) -> str:
        settings = replace(
            self.assembly.manifesto, state="in-force", ratified=text_digest(self.assembly.text)
        )
        return self.commit({"manifesto/manifesto.yaml": paper(settings)})

    def edition(self, **more: object) -> str:
        """Makes the next edition."""
        assembly, last = self.assembly, latest(self.assembly.editions)
        then = None
        if last:
            path = edition_file(last.number)
            commit = next(d.commit for d in self.deltas if any(c.path == path for c in d.changes))
            tree = self.trees[commit]
            then = assemble({path: data for path, (_, data) in tree.items()}).text
        made = replace(plan(assembly, then).made(written(NOW), STEWARD), **more)
        return self.commit({edition_file(made.number): paper(made)})

    def sign(self, handle: str, name: str = "", author: str = STEWARD, **more: object) -> str:
        """Puts a name to edition 1.0.0, in the first file that is free."""
        known = next((m.name for m in self.assembly.roll.members if m.handle == handle), name)
        act = Signatory(handle, name or known, "", "1.0.0", written(NOW))
        act = replace(act, **more)
        place = next(n for n in range(1, 9) if signatory_file(handle, n) not in self.files)
        path = signatory_file(handle, place)
        return self.commit({path: paper(replace(act, place=place))}, f"A <{author}@example.org>")

    def proof(self) -> Proof:
        """Returns the proof, the same whether it is made in one go or goes on from any commit."""
        proof = replay(self.deltas, assemble, fits)
        for at in cuts(self.deltas):
            assert proved_in_two(self.deltas, self.trees, at) == proof
        assert found_one_by_one(self.deltas) == list(proof.findings)
        return proof

    def codes(self) -> list[tuple[str, str]]:
        """Returns the codes found, each with the commit it was found at."""
        return [(found.code, found.commit) for found in self.proof().findings]


def member(handle: str, **more: object) -> Member:
    values: dict[str, object] = {
        "name": f"{handle.title()}, made up",
        "addresses": (f"{handle}@example.org",),
        "roles": ("steward",) if handle == STEWARD else (),
    }
    return Member(handle, **(values | more))  # type: ignore[arg-type]


def folder(name: str) -> str:
    return f"proposals/2026-11/{name}-made-up"


def reword(clause: str, old: str, new: str) -> Change:
    """Makes the change of some words of a clause as the text was founded."""
    was = CLAUSES[clause]
    return Change(clause=clause, was=was, now=was.replace(old, new))


def edition_file(number: str) -> str:
    return f"manifesto/editions/{number.replace('.', '-')}.yaml"


def signatory_file(handle: str, place: int = 1) -> str:
    return f"manifesto/signatories/{handle}{'' if place == 1 else f'-{place}'}.yaml"


CLAUSES = {
    "open": "# Open",
    "open-1": "Suppliers document their interfaces.",
    "open-2": "Records follow the patient.",
    "teams": "# Teams",
    "teams-1": "Teams are funded for years.",
    "teams-2": "- Nurses lead.",
    "teams-3": "- Doctors lead.",
}
