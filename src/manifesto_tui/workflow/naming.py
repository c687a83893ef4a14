"""Gives new proposals an id: four characters of Crockford base32, at random.

Ids need no coordination between clones; the name behind them in the folder makes an equal id
harmless.
"""

import secrets

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.problem import Refused

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TRIES = 10_000


def new_id(assembly: Assembly, also_taken: frozenset[str] = frozenset()) -> str:
    """Returns an id that no proposal has; its first character is a letter.

    A letter first keeps it from being read as a number by people and by programs.
    """
    for _ in range(_TRIES):
        first = secrets.choice(ALPHABET[10:])
        chosen = first + "".join(secrets.choice(ALPHABET) for _ in range(3))
        if chosen not in assembly.by_id and chosen not in also_taken:
            return chosen
    raise Refused("ids-used-up", "Nearly every id is in use.", "Found a new manifesto.")
