"""Lets clones go their own ways and synchronises them; they have to end with one head."""

import random
import shutil
from pathlib import Path

from manifesto_tui.record.commit import commit
from manifesto_tui.record.git import Repository
from manifesto_tui.record.sync import sync
from record.made import vote_file
from torture.ground import Figures, git, repository


def clones(folder: Path, number: int, acts: int, seeds: int) -> Figures:
    """Lets clones vote and synchronise at random, once for each seed."""
    apart = 0
    for seed in range(seeds):
        place = folder / f"seed-{seed}"
        chance = random.Random(seed)
        first = repository(place)
        hub = place / "hub.git"
        git(first.environment, place, "init", "-q", "--bare", "-b", "main", hub)
        first.run(("remote", "add", "origin", str(hub)))
        sync(first)
        made = [first]
        for n in range(1, number):
            git(first.environment, place, "clone", "-q", hub, place / f"clone-{n}")
            made.append(Repository.discover(place / f"clone-{n}", first.environment))
        for act in range(acts):
            repo = chance.choice(made)
            commit(repo, vote_file(f"m{act}"), f"Vote {act}", repo.head())
            if chance.random() < 0.3:
                sync(chance.choice(made))
        for repo in (*made, *made):
            sync(repo)
        held = set(first.files(first.head() or ""))
        whole = all(path in held for act in range(acts) for path in vote_file(f"m{act}"))
        apart += len({repo.head() for repo in made}) != 1 or not whole
        shutil.rmtree(place)
    return {"clones": number, "acts": acts, "seeds": seeds, "apart": apart}
