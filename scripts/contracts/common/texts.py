"""Texts for SQL and for spreadsheets, and the check digits of SIREN and SIRET: one rule each for the whole package."""

import re
from collections.abc import Iterable

# how a spreadsheet tells a formula
FORMULA = r"^[=+\-@\t\r\n]"
LA_POSTE = "356000000"


def sql_text(value: object) -> str:
    """A value as a text of SQL, in quotes."""
    return "'" + str(value).replace("'", "''") + "'"


def sql_list(values: Iterable[object]) -> str:
    """Values as a list of texts of SQL."""
    return "[" + ", ".join(map(sql_text, values)) + "]"


def no_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if re.match(FORMULA, text) else text


def has_valid_check_digit(number: str) -> bool:
    """Whether the last digit of a SIREN or SIRET is its check digit (Luhn); La Poste's SIRETs follow a rule of their own."""
    if number.startswith(LA_POSTE) and len(number) == 14 and number != LA_POSTE + "00048":
        return sum(int(digit) for digit in number) % 5 == 0
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0
