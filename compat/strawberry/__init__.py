"""Strawberry, tried with 0.341.2."""
