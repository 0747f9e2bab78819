"""What we use of libraries beyond their documented interface. Nothing else in the product may (tests/compat).

Each use is one small function or class here. Its docstring says why it is needed, which upstream issue or source it
leans on, and the versions it was tried with. A canary test in tests/compat fails when the library moves.

compat imports no room. Rooms import it.
"""
