"""Finds the partner that a printed name, SIREN or SIRET means, or the candidates among which a person must choose."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from contracts.add.territories import Geography, Territory, UnknownTerritoryError, rows_of
from contracts.common.project import PROJECT
from contracts.common.texts import has_valid_check_digit, plain_words

# words before a name that tell what kind of body it is; the longest first
_FORMS = {
    "epci": ("communaute d agglomeration", "communaute de communes", "communaute urbaine", "communaute d agglo", "ca", "cc", "cu"),
    "commune": ("ville", "commune", "mairie", "municipalite"),
    "departement": ("conseil departemental", "conseil general", "departement", "cd", "cg"),
    "region": ("conseil regional", "region", "cr"),
}
_FORM = re.compile(
    rf"(?:(?:le|la|les|l) )?({'|'.join(form for forms in _FORMS.values() for form in forms)})\b ?(?:(?:de la|de l|de|du|des|d)\b ?)?(.*)"
)
_KIND = {form: kind for kind, forms in _FORMS.items() for form in forms}
_ARTICLES = {"d", "de", "des", "du", "en", "et", "l", "la", "le", "les"}
_CLOSE = 0.84
_MOST_CANDIDATES = 8

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Candidate:
    """A body that a name may mean. partner_code: None when it is in the official reference but no partner yet.

    place: département of a commune, to tell communes of one name apart.
    """

    label_fr: str
    partner_type_code: str
    partner_code: str | None
    siren: str | None = None
    place: str | None = None

    def __str__(self) -> str:
        details = ", ".join(filter(None, [self.partner_code or "no partner yet", self.siren and f"SIREN {self.siren}", self.place]))
        return f"{self.label_fr} ({details})"


@dataclass(frozen=True)
class Resolution:
    """What a name leads to. match: the one body that it means; candidates: those that a person must choose from, when there is no match.

    note: what was done, or what to do. A match without partner_code is an official body to add to the partners.
    """

    match: Candidate | None
    candidates: tuple[Candidate, ...] = ()
    note: str | None = None

    @property
    def partner_code(self) -> str | None:
        """Code of the partner, None where there is no match or no partner yet."""
        return self.match.partner_code if self.match else None


def plain(name: str) -> str:
    """A name in lowercase ASCII words: no accents, ligatures, punctuation, nor an acronym in parentheses."""
    return " ".join(plain_words(re.sub(r"\([^)]*\)", " ", name)))


def key_of(name: str) -> Key:
    """The kind of body that a name tells, None when it tells none, and the words of the name without articles."""
    words = plain(name)
    kind = None
    if (form := _FORM.fullmatch(words)) and form[2]:
        kind, words = _KIND[form[1]], form[2]
    return kind, " ".join(word for word in words.split() if word not in _ARTICLES) or words


class Partners:
    """The partners by code, SIREN and name, with the official reference behind them."""

    def __init__(self, partners: Iterable[dict[str, str]], aliases: Iterable[dict[str, str]], geography: Geography) -> None:
        self._geography = geography
        self._by_code: dict[str, Candidate] = {}
        self._by_siren: dict[str, Candidate] = {}
        # names in order of weight: a full label counts before an alias, an alias before a short label
        self._tiers: list[dict[Key, set[str]]] = [defaultdict(set), defaultdict(set), defaultdict(set)]
        for row in partners:
            code = row["partner_code"]
            self._by_code[code] = Candidate(row["label_fr"], row.get("partner_type_code") or "", code, row.get("siren") or None)
            if row.get("siren"):
                self._by_siren.setdefault(row["siren"], self._by_code[code])
            self._add(0, row["label_fr"], code)
            self._add(2, row.get("short_label") or "", code)
        for row in aliases:
            self._add(1, row["printed_name"], row["partner_code"])

    @cached_property
    def _official(self) -> dict[str, list[Territory]]:
        """Official territories by the words of their name, départements by their code too."""
        found: dict[str, list[Territory]] = defaultdict(list)
        for territory in self._geography.current():
            found[key_of(territory.label_fr)[1]].append(territory)
            if territory.territory_type_code == "departement":
                found[territory.official_code.lower()].append(territory)
        return found

    @classmethod
    def load(cls, project: Path = PROJECT) -> "Partners":
        """The partners of a project: seeds and landing files."""
        return cls(rows_of("partners", project), rows_of("partner_aliases", project), Geography.load(project))

    def _add(self, tier: int, name: str, code: str) -> None:
        if name:
            self._tiers[tier][key_of(name)].add(code)

    def resolve(self, name: str, siren: str | None = None, close: bool = True) -> Resolution:
        """The partner that a name means, or candidates.

        name: as printed, a partner code, a SIREN or a SIRET. siren: SIREN or SIRET printed beside the name, which counts before it.
        A number that is wrong or unknown is said in the note, and the name is tried. Close names are candidates, never a match;
        close: whether to look for them, about 1 ms per unknown name.
        """
        number = re.sub(r"\D", "", siren or "")
        if not number and re.fullmatch(r"[\d\s\u00a0\u202f]{9,20}", name.strip()):
            number, name = re.sub(r"\D", "", name), ""
        doubt = None
        if number:
            found = self._of_number(number)
            if found.match or not name.strip():
                return found
            doubt = found.note
        result = self._of_name(name, close)
        return replace(result, note="; ".join(filter(None, [doubt, result.note])) or None)

    def _of_number(self, number: str) -> Resolution:
        if len(number) not in (9, 14):
            return Resolution(None, note=f"{number} is no SIREN (9 digits) or SIRET (14): a leading zero may be lost")
        if not has_valid_check_digit(number):
            return Resolution(None, note=f"{number} has a wrong check digit: a digit is mistyped")
        if partner := self._by_siren.get(number[:9]):
            return Resolution(partner)
        try:
            found = self._geography.find(number[:9])
        except UnknownTerritoryError:
            return Resolution(None, note=f"no partner has the SIREN {number[:9]}, nor has a commune or intercommunality")
        candidate = self._candidate(found.territory)
        return Resolution(candidate, note="; ".join(filter(None, [found.note, _to_add(candidate)])) or None)

    def _of_name(self, name: str, close: bool) -> Resolution:
        if name.strip() in self._by_code:
            return Resolution(self._by_code[name.strip()])
        kind, words = key_of(name)
        if not words:
            return Resolution(None, note="the name is empty")
        if words in _KIND:
            bodies = [each for each in self._by_code.values() if each.partner_type_code == _KIND[words]]
            return Resolution(None, tuple(bodies[:_MOST_CANDIDATES]), f"« {name.strip()} » does not say which one: add its name")
        if found := self._of_key(kind, words):
            return self._choice(name, found)
        official = [each for each in self._official.get(words, []) if kind in (None, each.territory_type_code)]
        if official:
            # « Roubaix » alone may be a town, a club or a firm
            is_told = kind is not None or all(each.territory_type_code == "epci" for each in official)
            return self._choice(name, [self._candidate(each) for each in official], is_told)
        candidates = self._close(words) if close else []
        advice = (
            "choose one of the candidates, or add it to partners"
            if candidates
            else "add it to partners, or its spelling to partner_aliases"
        )
        return Resolution(None, tuple(candidates), f"no partner is called « {name.strip()} »: {advice}")

    def _of_key(self, kind: str | None, words: str) -> list[Candidate]:
        """The partners of a name in the first tier that has it; a name that tells no kind may be of any."""
        for tier in self._tiers:
            codes = tier.get((kind, words), set())
            if not codes and kind is None:
                codes = {code for other in _FORMS for code in tier.get((other, words), set())}
            if found := [self._by_code[code] for code in sorted(codes) if code in self._by_code]:
                return found
        return []

    def _choice(self, name: str, found: list[Candidate], is_told: bool = True) -> Resolution:
        if len(found) == 1 and (is_told or found[0].partner_code):
            return Resolution(found[0], note=_to_add(found[0]))
        meaning = f"means {len(found)} bodies" if len(found) > 1 else "does not say what it is"
        advice = "give the SIREN, the partner code, or words such as « Ville de »"
        return Resolution(None, tuple(found[:_MOST_CANDIDATES]), f"« {name.strip()} » {meaning}: {advice}")

    def _candidate(self, territory: Territory) -> Candidate:
        if territory.siren and territory.siren in self._by_siren:
            return self._by_siren[territory.siren]
        if territory.siren is None and (known := self._of_key(territory.territory_type_code, key_of(territory.label_fr)[1])):
            return known[0]
        place = f"département {territory.departement_code}" if territory.departement_code else None
        return Candidate(territory.label_fr, territory.territory_type_code, None, territory.siren, place)

    def _close(self, words: str) -> list[Candidate]:
        names = {key[1]: codes for tier in reversed(self._tiers) for key, codes in tier.items()}
        close = difflib.get_close_matches(words, names, n=_MOST_CANDIDATES, cutoff=_CLOSE)
        holding = [name for name in names if f" {words} " in f" {name} " and len(words) > 4]
        codes = dict.fromkeys(code for name in [*close, *sorted(holding)] for code in sorted(names[name]))
        return [self._by_code[code] for code in codes if code in self._by_code][:_MOST_CANDIDATES]


def _to_add(candidate: Candidate) -> str | None:
    return None if candidate.partner_code else f"{candidate.label_fr} is an official body, but no partner yet: add it to partners"


@cache
def partners() -> Partners:
    """The partners of this project, read once."""
    return Partners.load()


def resolve(name: str, siren: str | None = None, close: bool = True) -> Resolution:
    """The partner of this project that a name, SIREN or SIRET means, or the candidates; see Partners.resolve."""
    return partners().resolve(name, siren, close)
