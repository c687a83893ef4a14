"""Does every attack and prints how each is caught: `make attacks`."""

import sys

from attacks import ATTACKS
from attacks.catalogue import bases, caught


def main() -> int:
    """Prints one row an attack; returns 1 where one is caught otherwise than it should be."""
    print("| attack | caught with | |\n| --- | --- | --- |")
    missed = 0
    with bases() as built:
        for attack in ATTACKS.values():
            found = caught(attack, built)
            right = found == attack.codes
            missed += not right
            said = ", ".join(found) or "nothing"
            wanted = "" if right else f", expected {', '.join(attack.codes)}"
            print(f"| {attack.what} | {said}{wanted} | {'✓' if right else '✗'} |", flush=True)
    print(
        f"\n{len(ATTACKS) - missed} of {len(ATTACKS)} attacks are caught with the right code, "
        "and nothing else is reported."
    )
    return 1 if missed else 0


sys.exit(main())
