"""A record written in JSON, so that the rules can be tested without the room that reads YAML.

Every member in it is made up.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from hashlib import sha256
from typing import Any

from manifesto_tui.governance.amendment import Amendment, Change, Comment, Second, Withdrawal
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Option, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Budget, Manifesto, Source
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Entrenched, Rules, Threshold
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.prose import read_text

TITLE = "Made-up manifesto"


def paper(value: Any) -> bytes:
    """Writes a value as a file."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, Rules):
        plain = _plain(value)
    else:
        plain = asdict(value)
        if isinstance(value, Amendment):
            plain["rules"] = _plain(value.rules)
        plain.pop("path", None)
        plain.pop("digest", None)
        plain.pop("signed", None)
    return json.dumps(plain, default=str, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    """Returns rules as maps and strings."""
    if isinstance(value, Threshold):
        return str(value)
    if isinstance(value, Rules | Entrenched):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def assemble(files: Mapping[str, bytes]) -> Assembly:
    """Reads files, each by itself."""
    found: dict[str, Any] = {"manifesto": Manifesto(TITLE, ()), "rules": Rules()}
    members: list[Member] = []
    folders: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path, data in sorted(files.items()):
        if not path.endswith(".yaml"):
            continue
        try:
            said = json.loads(data)
            _read(path, said, data, found, members, folders)
        except (ValueError, TypeError, KeyError) as wrong:
            problems.append(Problem(Place(path), "unreadable", f"{wrong}."))
    wanted = found["manifesto"].text
    text = read_text({path: files[path].decode() for path in wanted if path in files})
    proposals = []
    for folder, parts in sorted(folders.items()):
        lists = {
            name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()
        }
        proposals.append(Proposal(folder, **lists))
    return Assembly(
        "",
        found["manifesto"],
        found["rules"],
        Roll(tuple(members)),
        text,
        sources=found.get("sources", {}),
        signatories=tuple(found.get("signatories", ())),
        editions=tuple(found.get("editions", ())),
        proposals=tuple(proposals),
        problems=tuple(problems),
    )


def _read(
    path: str,
    said: dict[str, Any],
    data: bytes,
    found: dict[str, Any],
    members: list[Member],
    folders: dict[str, dict[str, Any]],
) -> None:
    if path == "manifesto/manifesto.yaml":
        said["budget"] = Budget(**said["budget"])
        found["manifesto"] = Manifesto(**_tuples(said))
    elif path == "manifesto/rules.yaml":
        found["rules"] = _rules(said)
    elif path.startswith("manifesto/roll/"):
        members.append(Member(**_tuples(said)))
    elif path.startswith("manifesto/editions/"):
        found.setdefault("editions", []).append(Edition(**_tuples(said)))
    elif path.startswith("manifesto/signatories/"):
        found.setdefault("signatories", []).append(Signatory(**said))
    elif path == "manifesto/sources.yaml":
        found["sources"] = {key: Source(key, title) for key, title in said.items()}
    elif path.startswith("proposals/"):
        _, month, slug, *rest = path.split("/")
        parts = folders.setdefault(f"proposals/{month}/{slug}", {})
        _read_proposal(path, "/".join(rest), said, data, parts)


def _read_proposal(
    path: str, name: str, said: dict[str, Any], data: bytes, parts: dict[str, Any]
) -> None:
    if name.startswith(("amendment", "revision")):
        said["changes"] = tuple(Change(**change) for change in said["changes"])
        said["rules"] = said["rules"] and _rules(said["rules"])
        parts.setdefault("revisions", []).append(Amendment(**_tuples(said)))
        parts["revisions"].sort(key=lambda revision: revision.revision)
    elif name == "ballot.yaml":
        said["options"] = tuple(Option(**option) for option in said["options"])
        parts["ballot"] = Ballot(**_tuples(said))
    elif name == "decision.yaml":
        parts["decision"] = Decision(**_tuples(said))
    elif name == "withdrawal.yaml":
        parts["withdrawal"] = Withdrawal(**said)
    elif name.startswith("votes/"):
        digest = sha256(data).hexdigest()
        vote = Vote(**_tuples(said), path=path, digest=digest)
        parts.setdefault("votes", []).append(vote)
    elif name.startswith("proxies/"):
        given = Proxy(**said, path=path, digest=sha256(data).hexdigest())
        parts.setdefault("proxies", []).append(given)
    elif name.startswith("acceptances/"):
        accepted = Acceptance(**said, path=path, digest=sha256(data).hexdigest())
        parts.setdefault("acceptances", []).append(accepted)
    elif name.startswith("seconds/"):
        parts.setdefault("seconds", []).append(Second(**said))
    elif name.startswith("comments/"):
        parts.setdefault("comments", []).append(Comment(**said, path=path))


def _rules(said: dict[str, Any]) -> Rules:
    entrenched = said["entrenched"] and _tuples(said["entrenched"])
    if entrenched:
        for name in ("quorum", "threshold", "each"):
            entrenched[name] = Threshold.parse(entrenched[name]) if entrenched[name] else None
        entrenched = Entrenched(**entrenched)
    for name in ("quorum", "threshold", "each", "each_quorum", "objections"):
        said[name] = Threshold.parse(said[name]) if said[name] else None
    return Rules(**_tuples(said | {"entrenched": entrenched}))


def _tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
