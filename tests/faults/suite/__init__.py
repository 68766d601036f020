"""The fault suite: real PostgreSQL, Redis and worker processes, and everything that can go wrong.

`python -m tests.faults.suite --help`. Each fault of the design has its number (F1 to F26) and is a
`Scenario` in the file of its theme. `stand` is what a scenario stands on, `crew` its processes,
`judge` reads the practice publisher's ledger and the database afterwards, with none of the
project's code, and `without` takes a guard out of the workers to see that the suite notices.
"""
