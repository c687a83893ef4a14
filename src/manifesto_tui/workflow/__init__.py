"""Holds the verbs: found, read, edit, propose, compare, decide, publish, verify.

One verb, one function, called by both faces. A verb opens nothing, asks nothing and prints
nothing: a desk comes in, what was recorded or read goes out, and what stands against it is
raised with the repository left as it was. Only `cli` and `tui` import this room; it imports
`record` and `publish`, and what lies below them.
"""
