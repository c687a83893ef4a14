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
    _, how, amount, *rest = phrase.split()
    of = " ".join(rest)
    top, _, bottom = amount.partition("/")
    if of in ("members", "member"):
        left, right = got, int(top)
    else:
        whole = {"of votes cast": cast, "of for and against": got + opposed, "of members": members}
        left, right = got * int(bottom or 1), int(top) * whole[of]
    return left > right if how == "than" else left >= right


def turn(path, handle):
    """Which of a member's files this is by its name; 0 for another's."""
    name = path.split("/")[-1].removesuffix(".yaml")
    tail = name[len(handle) + 1 :]
    if name == handle:
        return 1
    return int(tail) if name == f"{handle}-{tail}" and tail.isdigit() and tail[0] != "0" else 0


def valid_votes(ballot, votes, roll, signatures):
    """The last valid vote of each member."""
    members = {m.handle: m for m in roll.members if not m.retired}
    names = [o.amendment for o in ballot.options] + ["status-quo"]
    last = {}
    for vote in votes:
        place = turn(vote.path, vote.voter)
        if len(names) == 2:
            proper = vote.choice in ballot.choices and not vote.ranking
        elif vote.ranking:
            once = len(set(vote.ranking)) == len(vote.ranking)
            proper = once and "status-quo" in vote.ranking and set(vote.ranking) <= set(names)
        else:
            proper = vote.choice == "abstain"
        effects = ",".join(o.effect for o in ballot.options)
        in_time = when(vote.cast) < when(ballot.closes)
        same = vote.ballot == ballot.id and vote.effect == effects
        signed = vote.signed or signatures != "required"
        good = place and proper and in_time and same and signed and vote.voter in members
        if good and (vote.voter not in last or last[vote.voter][0] < place):
            last[vote.voter] = (place, vote)
    return {voter: (vote, members[voter].constituency) for voter, (_, vote) in last.items()}


def represented(ballot, valid, proxies, acceptances, roll, rules):
    """The votes that holders cast for others: one step, and no more than one may hold."""
    members = {m.handle: m for m in roll.members if not m.retired}

    def good(file, handle, time):
        signed = file.signed or rules.signatures != "required"
        in_time = when(time) < when(ballot.closes)
        return turn(file.path, handle) and file.ballot == ballot.id and in_time and signed

    last = {}
    for p in sorted(proxies, key=lambda p: turn(p.path, p.giver)):
        known = p.giver in members and (not p.holder or p.holder in members)
        if good(p, p.giver, p.given) and known and p.giver != p.holder:
            last[p.giver] = p
    held = {}
    for a in sorted(acceptances, key=lambda a: turn(a.path, a.holder)):
        p = last.get(a.giver)
        if p and p.holder == a.holder and p.digest == a.proxy and good(a, a.holder, a.accepted):
            givers = held.setdefault(a.holder, [])
            if a.giver not in valid and a.giver not in givers:
                givers.append(a.giver)
    return {
        giver: (valid[holder][0], members[giver].constituency)
        for holder, givers in held.items()
        for giver in givers[: rules.proxies]
        if holder in valid
    }


def answer(vote, name, ranked):
    if not ranked:
        return vote.choice
    order = list(vote.ranking)
    mine = order.index(name) if name in order else len(order)
    quo = order.index("status-quo") if order else 0
    return "for" if mine < quo else "against" if mine > quo else "abstain"


def outcome_for(ballot, valid, roll, rules, name, ranked):
    said = [(answer(vote, name, ranked), group) for vote, group in valid.values()]

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
            there = reached(str(rules.each_quorum), len(inside), 0, len(inside), size)
            carried = carried and there
    if not carried:
        return "lost"
    if "object" in answers:
        outvoted = rules.objections and enough(str(rules.objections), answers, len(active))
        return "carried" if outvoted else "blocked"
    return "carried"


def chain(pairs, names, start, end):
    """The strength of the strongest chain of wins, found by trying every one."""
    others = [n for n in names if n not in (start, end)]
    best = 0
    for length in range(len(others) + 1):
        for between in permutations(others, length):
            steps = list(zip((start, *between), (*between, end), strict=True))
            if all(pairs[a, b] > pairs[b, a] for a, b in steps):
                best = max(best, min(pairs[a, b] for a, b in steps))
    return best


def winners(names, rankings):
    def place(ranking, name):
        return ranking.index(name) if name in ranking else len(ranking)

    pairs = {
        (a, b): sum(place(r, a) < place(r, b) for r in rankings)
        for a in names
        for b in names
        if a != b
    }
    strong = {(a, b): chain(pairs, names, a, b) for a, b in pairs}
    return {a for a in names if all(strong[a, b] >= strong[b, a] for b in names if a != b)}


def decide(ballot, votes, roll, rules, proxies=(), acceptances=()):
    """Returns the outcome, and the amendment that carried or ""."""
    valid = valid_votes(ballot, votes, roll, rules.signatures)
    valid |= represented(ballot, valid, proxies, acceptances, roll, rules)
    names = [o.amendment for o in ballot.options]
    if len(names) == 1:
        outcome = outcome_for(ballot, valid, roll, rules, names[0], False)
        return outcome, names[0] if outcome == "carried" else ""
    rankings = [list(vote.ranking) for vote, _ in valid.values()]
    each = {name: outcome_for(ballot, valid, roll, rules, name, True) for name in names}
    if set(each.values()) == {"no quorum"}:
        return "no quorum", ""
    running = [name for name in names if each[name] == "carried"]
    first = winners([*running, "status-quo"], rankings)
    if len(first) == 1 and first != {"status-quo"}:
        return "carried", first.pop()
    return "lost", ""
