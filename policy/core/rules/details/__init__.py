"""Details in a text that lead to a person or to a place: numbers, addresses, plates, streets.

A finder takes a `Case` and yields `Detail`s; rules decide what to say about them.
"""
