"""Measures what is promised, beside the peers it is promised against.

`python -m benchmarks` runs every module here that has a `run`, prints what they find and writes
`RESULTS.md` with the commit it was taken at. Figures are ratios within one run: absolute times
depend on the machine, ratios much less. A peer that is not installed is reported as absent; all
of them come with the extra `bench`.
"""
