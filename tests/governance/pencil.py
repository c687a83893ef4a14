"""Counts a ballot a second time, by other means, as somebody with a pencil would.

It shares nothing with the program but the values that a record holds: no thresholds, no
validity, no Schulze of the program's own. It reads the phrases on the ballot word by word,
compares fractions by multiplying across, and finds the order of rivals by trying every chain.
"""

from datetime import datetime
from itertools import permutations


def when(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def reached(phrase, got, opposed, cast, members):
    """Whether `got` votes are enough by a phrase such as "more than 1/2 of members"."""
    _, how, amount, *of = phrase.split()
    top, _, bottom = amount.partition("/")
    whole = {"cast": cast, "against": got + opposed, "members": members if "of" in of else 1}
    left, right = got * int(bottom or 1), int(top) * whole[of[-1]]
    return left > right if how == "than" else left >= right


def turn(path, handle):
    """Which of a member's files this is by its name; 0 for another's."""
    name = path.split("/")[-1].removesuffix(".yaml")
    tail = name[len(handle) + 1 :]
    if name == handle:
        return 1
    return int(tail) if name == f"{handle}-{tail}" and tail.isdigit() and tail[0] != "0" else 0


def valid_votes(ballot, votes, members, rules):
    """The last valid vote of each member."""
    names = {o.amendment for o in ballot.options} | {"status-quo"}
    effects = ",".join(o.effect for o in ballot.options)
    last = {}
    for vote in sorted(votes, key=lambda vote: turn(vote.path, vote.voter)):
        if len(names) == 2:
            proper = vote.choice in ballot.choices and not vote.ranking
        elif vote.ranking:
            once = len(set(vote.ranking)) == len(vote.ranking)
            proper = once and "status-quo" in vote.ranking and set(vote.ranking) <= names
        else:
            proper = vote.choice == "abstain"
        here = sound(ballot, rules, vote, vote.voter, vote.cast) and vote.effect == effects
        if proper and here and vote.voter in members:
            last[vote.voter] = vote
    return last


def sound(ballot, rules, file, handle, time):
    """Whether a file is its member's, for this ballot, in time, and signed where that is asked."""
    signed = file.signed or rules.signatures != "required"
    in_time = when(time) < when(ballot.closes)
    return turn(file.path, handle) and file.ballot == ballot.id and in_time and signed


def represented(ballot, valid, proxies, acceptances, members, rules):
    """The votes that holders cast for others: one step, and no more than one may hold."""
    last, held = {}, {}
    for p in sorted(proxies, key=lambda p: turn(p.path, p.giver)):
        known = p.giver in members and (not p.holder or p.holder in members)
        if sound(ballot, rules, p, p.giver, p.given) and known and p.giver != p.holder:
            last[p.giver] = p
    for a in sorted(acceptances, key=lambda a: turn(a.path, a.holder)):
        p, givers = last.get(a.giver), held.setdefault(a.holder, [])
        if p and (p.holder, p.digest) == (a.holder, a.proxy) and a.giver not in [*valid, *givers]:
            givers += [a.giver] * bool(sound(ballot, rules, a, a.holder, a.accepted))
    holders = [holder for holder in held if holder in valid]
    return {giver: valid[h] for h in holders for giver in held[h][: rules.proxies]}


def place(ranking, name):
    return ranking.index(name) if name in ranking else len(ranking)


def answer(vote, name, ranked):
    if not ranked:
        return vote.choice
    mine, quo = place(vote.ranking, name), place(vote.ranking, "status-quo")
    return "for" if mine < quo else "against" if mine > quo else "abstain"


def outcome_for(ballot, valid, roll, rules, name, ranked):
    groups = {m.handle: m.constituency for m in roll.members}
    said = [(answer(vote, name, ranked), groups[handle]) for handle, vote in valid.items()]

    def enough(phrase, answers, members):
        for_, all_ = answers.count("for"), len(answers)
        opposed = answers.count("against") + answers.count("object")
        return for_ > 0 and reached(phrase, for_, opposed, all_, members)

    answers = [a for a, _ in said]
    active = [m for m in roll.members if not m.retired]
    if ballot.threshold == "no objection":
        return "blocked" if "object" in answers or "against" in answers else "carried"
    if not reached(ballot.quorum, len(answers), 0, len(answers), len(active)):
        return "no quorum"
    carried = enough(ballot.threshold, answers, len(active))
    for group in {m.constituency for m in active} - {""}:
        inside = [a for a, g in said if g == group]
        size = sum(m.constituency == group for m in active)
        if ballot.each:
            carried = carried and enough(ballot.each, inside, size)
        if rules.each_quorum:
            asked = str(rules.each_quorum)
            carried = carried and reached(asked, len(inside), 0, len(inside), size)
    outvoted = rules.objections and enough(str(rules.objections), answers, len(active))
    if carried and "object" in answers and not outvoted:
        return "blocked"
    return "carried" if carried else "lost"


def chain(pairs, names, start, end):
    """The strength of the strongest chain of wins, found by trying every one."""
    others = [n for n in names if n not in (start, end)]
    best = 0
    for between in (way for n in range(len(others) + 1) for way in permutations(others, n)):
        steps = list(zip((start, *between), (*between, end), strict=True))
        if all(pairs[a, b] > pairs[b, a] for a, b in steps):
            best = max(best, min(pairs[a, b] for a, b in steps))
    return best


def winners(names, rankings):
    both = list(permutations(names, 2))
    pairs = {(a, b): sum(place(r, a) < place(r, b) for r in rankings) for a, b in both}
    strong = {(a, b): chain(pairs, names, a, b) for a, b in pairs}
    return {a for a in names if all(strong[a, b] >= strong[b, a] for b in names if a != b)}


def decide(ballot, votes, roll, rules, proxies=(), acceptances=()):
    """Returns the outcome, and the amendment that carried or ""."""
    members = {m.handle for m in roll.members if not m.retired}
    valid = valid_votes(ballot, votes, members, rules)
    valid |= represented(ballot, valid, proxies, acceptances, members, rules)
    names = [o.amendment for o in ballot.options]
    if len(names) == 1:
        outcome = outcome_for(ballot, valid, roll, rules, names[0], False)
        return outcome, names[0] if outcome == "carried" else ""
    each = {name: outcome_for(ballot, valid, roll, rules, name, True) for name in names}
    if set(each.values()) == {"no quorum"}:
        return "no quorum", ""
    running = [name for name in names if each[name] == "carried"]
    first = winners([*running, "status-quo"], [vote.ranking for vote in valid.values()])
    alone = first.pop() if len(first) == 1 else "status-quo"
    return ("lost", "") if alone == "status-quo" else ("carried", alone)
