"""Decides who may decide what: rules, roll, amendments, ballots, counts, decisions, the proof.

Everything here is a value or a function from values to values. `workflow` calls it with what
`record` has read; it knows `prose` and nothing else. It must never touch git, YAML, a file, a
clock or the environment: the time is a parameter, and whoever repeats a call gets the same
answer.
"""
