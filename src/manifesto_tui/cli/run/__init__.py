"""Does each command's work: calls one verb of `workflow` and prints what came back.

Loaded only when a command of the module runs. Each function takes a call and returns the exit
code: 0 where it is done, 1 where the answer is no.
"""
