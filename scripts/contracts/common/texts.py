"""Texts for SQL and for spreadsheets, texts as they are compared, the check digits of SIREN and SIRET: one rule each."""

import re
import unicodedata
from collections.abc import Iterable

# how a spreadsheet tells a formula
FORMULA = r"^[=+\-@\t\r\n]"
LA_POSTE = "356000000"
_ACCENTS = re.compile("[\u0300-\u036f]")


def sql_text(value: object) -> str:
    """A value as a text of SQL, in quotes."""
    return "'" + str(value).replace("'", "''") + "'"


def sql_list(values: Iterable[object]) -> str:
    """Values as a list of texts of SQL."""
    return "[" + ", ".join(map(sql_text, values)) + "]"


def no_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if re.match(FORMULA, text) else text


def squeezed(text: str) -> str:
    """The text with every run of spaces, of any kind, as one space."""
    return " ".join(text.split())


def plain_letters(text: str) -> str:
    """The text in lowercase without accents and with one space between words; ligatures are opened."""
    if not text.isascii():
        opened = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", opened))
    return squeezed(text).lower()


def plain_words(text: str) -> list[str]:
    """The words of the text, of lowercase ASCII letters and digits: what two spellings of it share."""
    return re.findall("[a-z0-9]+", plain_letters(text))


def has_valid_check_digit(number: str) -> bool:
    """Whether the last digit of a SIREN or SIRET is its check digit (Luhn); La Poste's SIRETs follow a rule of their own."""
    if number.startswith(LA_POSTE) and len(number) == 14 and number != LA_POSTE + "00048":
        return sum(int(digit) for digit in number) % 5 == 0
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0
