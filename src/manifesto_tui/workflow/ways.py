"""Says how something is done in words and verbs, which each face names in its own way.

    Told: (By("proxy withdraw", "k7f3"), " takes it back; so does voting yourself.")

The command line makes a command of a verb, the app the key that does the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class By:
    """A verb, as the command line calls it, and what it is given there."""

    verb: str
    given: str = ""

    @property
    def command(self) -> str:
        """What one types to do it."""
        return f"`manifesto-tui {self.verb} {self.given}".rstrip() + "`"


Told = tuple[str | By, ...]


def as_told(said: str | Told) -> Told:
    """Returns what is told, where it may be words alone."""
    return (said,) if isinstance(said, str) else said
