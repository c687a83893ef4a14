"""Says how long a text is, how long it may be, and what an amendment spends of that.

A short text that everyone signs is worth more than a long one that nobody reads, so length is
counted in words: of the whole, of each principle, of each clause.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from manifesto_tui.governance.manifesto import Budget
from manifesto_tui.prose import Clause, ClauseChange, Text, count_words, plain


@dataclass(frozen=True, slots=True)
class Spent:
    """The words of one thing before and after a change, and its limit, if it has one.

    `name` is "" for the whole text, else a principle's title or a clause's anchor or number.
    """

    name: str
    before: int
    after: int
    limit: int | None

    @property
    def change(self) -> int:
        """How many words more there are; fewer, where it is negative."""
        return self.after - self.before

    @property
    def is_over(self) -> bool:
        """Whether it is longer than it may be."""
        return self.limit is not None and self.after > self.limit

    def __str__(self) -> str:
        of = f" of {self.limit}" if self.limit is not None else ""
        change = f" ({self.change:+d})".replace("-", "−") if self.change else ""
        return f"{self.after}{of} words{change}"


@dataclass(frozen=True, slots=True)
class Spending:
    """What a change spends: of the whole, of each principle, of each clause that it lengthens.

    `principles` holds all principles of the new text in reading order, `clauses` those clauses
    whose length changed.
    """

    whole: Spent
    principles: tuple[Spent, ...]
    clauses: tuple[Spent, ...]

    @property
    def over(self) -> tuple[Spent, ...]:
        """Everything that is longer than it may be, the whole first."""
        return tuple(s for s in (self.whole, *self.principles, *self.clauses) if s.is_over)

    @property
    def sentence(self) -> str:
        """What is spent, and what is over its limit."""
        over = [f"“{s.name}” has {s.after} words, {s.limit} allowed" for s in self.over if s.name]
        if self.whole.is_over:
            over.insert(0, f"that is {self.whole.after - (self.whole.limit or 0)} too many")
        return "; ".join([str(self.whole), *over]) + "."


def spending(budget: Budget, before: Text, after: Text) -> Spending:
    """Returns what the step from one text to another spends of the budget."""
    old, new = principles(before), principles(after)
    clauses = []
    for _, clause in after:
        was = before.by_anchor.get(clause.anchor or "")
        words = words_in(clause)
        words_before = words_in(was[1]) if was else 0
        if words != words_before:
            name = clause.anchor or clause.number
            clauses.append(Spent(name, words_before, words, budget.clause))
    return Spending(
        Spent("", words_of(before), words_of(after), budget.words),
        tuple(
            Spent(principle.title, old[key].words if key in old else 0, principle.words, limit)
            for limit in (budget.principle,)
            for key, principle in new.items()
        ),
        tuple(clauses),
    )


@dataclass(frozen=True, slots=True)
class Principle:
    """A heading of the top level and what stands under it."""

    number: str
    title: str
    path: str
    clauses: tuple[Clause, ...]

    @property
    def words(self) -> int:
        """How many words it has, its title among them."""
        return sum(words_in(clause) for clause in self.clauses)


def principles(text: Text) -> dict[str, Principle]:
    """Returns the principles by the anchor of their heading, or number where it has none.

    What stands before the first principle is in none of them.
    """
    headings: dict[str, tuple[str, Clause]] = {}
    under: dict[str, list[Clause]] = {}
    key = ""
    for path, clause in text:
        number = clause.number.partition(".")[0]
        if clause.kind == "heading" and clause.number == number and number not in ("", "0"):
            key = clause.anchor or number
            headings.setdefault(key, (path, clause))
            under.setdefault(key, []).append(clause)
        elif key:
            under[key].append(clause)
    return {
        key: Principle(clause.number, plain(clause.text), path, tuple(under[key]))
        for key, (path, clause) in headings.items()
    }


def words_of(text: Text) -> int:
    """Counts the words of a text as people read it: no marks, anchors or citations."""
    return sum(words_in(clause) for _, clause in text)


def words_more(changes: Iterable[ClauseChange]) -> int:
    """Counts how many words longer changes make a text; negative where it gets shorter."""
    return sum(count_words(change.now) - count_words(change.was) for change in changes)


def words_in(clause: Clause) -> int:
    """Counts the words of a clause; raw HTML is none."""
    return 0 if clause.kind == "html" else count_words(plain(clause.text))
