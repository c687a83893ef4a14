"""The long figures of docs/safety.md: what is thrown at the record, and what is left of it after.

Run by `make torture`; a short form of each figure runs with the tests. A figure is a function that
takes how much is wanted and returns what was counted, one value a name; where a count should be
nought and is not, `wrong` names the cases. Nothing here is told a number to print.
"""
