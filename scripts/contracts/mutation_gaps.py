"""The kinds of error that no check catches on some row, each with the reason."""

NOT_CAUGHT: dict[str, str] = {}
