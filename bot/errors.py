"""Refusal: the one exception whose text a person reads."""


class Refusal(Exception):
    """A rule that says no, in a kind, plain sentence that says what to do next."""
