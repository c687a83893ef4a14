"""Writes the page of what is proved and what is not, `docs/verify.md`, from the codes.

The page is what `page()` returns; a test fails where the file is another.
"""

from manifesto_tui.governance.replay.values import CODES

OPENING = """\
# What verify proves

`manifesto-tui verify` replays the history from the commit that founded the manifesto. Each commit
is judged by the rules and the roll in force at its parent, each ballot is counted again, and each
decision's text is made again. It needs one clone and asks nobody.

| verdict | means |
| --- | --- |
| PROVED | The text is what was agreed, by whom and under which rules the record says. |
| PROVED WITH NOTES | The same; something is worth knowing, and changes nothing of it. |
| NOT PROVED | At least one finding is an error. Each names a commit, a file and a code. |

`manifesto-tui guard OLD NEW` is the same replay on a push. It judges what the push brings, and
refuses what it does not know how to allow; [hosting.md](hosting.md) sets it up.

The clone remembers the last tip that it proved. A later history that does not contain it is an
error even where it proves by itself, since then something was rewritten. If that was agreed:
`manifesto-tui verify --forget`.

## What was proved before

What was proved once is not proved again: the next `verify` or `guard` judges only the commits
since. For that the clone keeps, in `.git/manifesto-tui/proved/`, what does not follow from the
files of the last commit proved: which roll and rules each ballot pinned, what each signature came
to, the words that an anchor once had, the keys that a member once had, what was taken from
members, the rules and the settings, what was found. Texts, votes, ballots, decisions, rules and
roll are read from git again, so that nothing put there could replace one.

Each of those files carries a seal, made with a secret in the home folder of whoever proved it
(`~/.local/state/manifesto-tui/proof-secret`). Where somebody else wrote it, as in a folder that
was copied or is shared, it counts for nothing. Where it is yours and was altered, that is a
finding, `memory-altered`, and everything is proved afresh. Another version of the program, or a
change of it, proves everything afresh as well; `manifesto-tui verify --full` does so whenever
you want.

Against somebody who acts as you on your machine no seal helps: they could change the program.

## What is not proved

No history can show these, and no verdict speaks of them:

- **Coercion.** A vote says what somebody answered, not whether they were free to.
- **Sybils.** One person whom an honest process admitted twice counts twice.
- **Stolen keys and borrowed clones.** Whoever acts as a member is that member here. An unsigned
  record is only a claim, and is labelled so.
- **Votes that were never pushed.** What is in nobody's clone did not happen.
- **Times.** They are claims by whoever wrote them; only the order of commits is certain.
- **A fresh clone's past.** A history rewritten as a whole before you first cloned it can be sound
  in itself. Compare the founding commit and the tip with somebody else's.
- **Objects altered on disk.** A clone over the network checks every object; for a copied folder
  run `git fsck` first.

## Findings

"""


def page() -> str:
    """Returns the whole page."""
    rows = [f"| `{name}` | {code.severity} | {code.meaning} |" for name, code in CODES.items()]
    return OPENING + "\n".join(["| code | severity | meaning |", "| --- | --- | --- |", *rows, ""])
