"""Draft a manifesto together, vote on it on the record, and prove what was agreed.

The rooms, from the ground up: `prose` (what a text is), `governance` (who may decide what),
`record` (the git repository), `publish` (formats), `workflow` (the verbs), and two faces,
`cli` and `tui`. Imports go downwards only; `docs/architecture.md` has the plan.
"""

__version__ = "0.1.0"
