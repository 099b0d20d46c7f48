"""What can go wrong on the bench."""


class DoppelError(Exception):
    """Doppel could not be started, or is gone."""


class RefusedError(DoppelError):
    """The plant or the bench refused a call: a code of the catalogue, and a sentence with cause and remedy."""

    def __init__(self, call: str, code: str, message: str) -> None:
        super().__init__(f"{call}: {code}: {message}")
        self.code = code


class ExpectationError(AssertionError):
    """What was expected of a plant did not happen."""
