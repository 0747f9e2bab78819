"""Uses of libraries beyond their documented interfaces. No other room may contain any (tests/compat).

Each use is one small function or class here. Its docstring says why it is needed, on which upstream issue or source it
relies, and which versions it was tried with. A canary test in tests/compat fails when the library changes.

compat imports no room. Rooms import it.
"""
