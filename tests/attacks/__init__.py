"""Every attack on the record that is known, done by plain git on a made-up assembly.

`make attacks` prints them all; `test_attacks.py` runs each as a case of its own.
"""

from attacks import on_ballots, on_clones, on_editions, on_files, on_mandates, on_people, on_votes
from attacks.catalogue import ATTACKS, Attack

__all__ = [
    "ATTACKS",
    "Attack",
    "on_ballots",
    "on_clones",
    "on_editions",
    "on_files",
    "on_mandates",
    "on_people",
    "on_votes",
]
