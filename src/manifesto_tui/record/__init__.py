"""Keeps the record in git: reads it as values, writes it as commits, and survives every fault.

Files that others wrote are hostile until this room has cleaned and checked them. `git` runs git,
`yaml` and `forms` turn files into values and back, `snapshot` reads the whole record at a commit,
`commit` writes to it. `workflow` may import it, the two faces may not; it imports `governance`
and `prose`, and never reads the process's environment.
"""
