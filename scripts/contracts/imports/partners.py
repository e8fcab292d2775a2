"""Names in a file become partners: known ones by code, SIREN or name, new ones as rows of landing/partners."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from contracts.imports.known import Known
from contracts.imports.messages import ImportRefusedError
from contracts.imports.values import plain_letters, slug

_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "en"}


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """What two spellings of one name share: letters without accents, case, punctuation and small words."""
    return " ".join(word for word in _WORD.findall(plain_letters(name)) if word not in _STOP_WORDS)


@dataclass(frozen=True)
class Match:
    """Outcome of looking up a name: its code, or candidates (several: ambiguous when they fit alike)."""

    code: str | None
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False


@dataclass
class Partners:
    """Looks up names and makes new partners.

    declared: what the mapping says of names: a code, or the columns of a new partner (type, siren, short_label, parent).
    default_type: partner_type_code of names that nothing else explains; None: they stay unknown.
    """

    known: Known
    declared: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    default_type: str | None = None
    new: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key: dict[str, set[str]] = {}
        self._by_siren: dict[str, str] = {}
        self._found: dict[tuple[str, str | None], Match] = {}
        for code, row in self.known.partners.items():
            self._index(code, row)
        self._declared = {name_key(name): value for name, value in self.declared.items()}
        types = self.known.by_code("partner_types", "partner_type_code")
        for name, value in self.declared.items():
            if isinstance(value, str) and value not in self.known.partners:
                close = self.known.close_to(value, "partners", "partner_code")
                why = f"{name} → {value}: ? ({close})"
                raise ImportRefusedError("option_invalid", option="partners", value=name, why=why)
        for value in [self.default_type, *(value.get("type") for value in self.declared.values() if not isinstance(value, str))]:
            if value is not None and value not in types:
                raise ImportRefusedError("option_invalid", option="partner type", value=value, why=", ".join(types))

    def _index(self, code: str, row: Mapping[str, str | None]) -> None:
        for label in {row.get("label_fr"), row.get("short_label"), code.replace("_", " ")}:
            if label:
                self._by_key.setdefault(name_key(label), set()).add(code)
        if row.get("siren"):
            self._by_siren.setdefault(str(row["siren"]), code)

    def find(self, name: str, siren: str | None = None, partner_type: str | None = None, label: str | None = None) -> Match:
        """The partner of a name: by its own code, its SIREN, what the mapping declares, or its spelling; else a new one of a given type.

        partner_type: type of the partner if it is new; None: default_type. label: French label of a new partner, the name when None.
        """
        key = (name, siren)
        if key not in self._found:
            self._found[key] = self._find(name, siren, partner_type or self.default_type, label or name)
        return self._found[key]

    def _find(self, name: str, siren: str | None, partner_type: str | None, label: str) -> Match:
        if name in self.known.partners or name in self.new:
            return Match(name)
        declared = self._declared.get(name_key(name))
        if isinstance(declared, str):
            return Match(declared)
        if siren and siren in self._by_siren:
            return Match(self._by_siren[siren])
        codes = self._by_key.get(name_key(name), set())
        # the same name with another SIREN is another body
        codes = {code for code in codes if not (siren and (self.row(code).get("siren") or siren) != siren)}
        if len(codes) == 1:
            return Match(next(iter(codes)))
        if len(codes) > 1:
            return Match(None, tuple(sorted(codes)), True)
        declared = declared or {}
        partner_type = declared.get("type") or partner_type
        if partner_type is None or not slug(name):
            return Match(None, tuple(self._similar(name)))
        return Match(self._create(name, declared.get("siren") or siren, partner_type, declared.get("label") or label, declared))

    def row(self, code: str) -> Mapping[str, str | None]:
        """The columns of a partner, known or new."""
        return self.new.get(code) or self.known.partners[code]

    def _create(self, name: str, siren: str | None, partner_type: str, label: str, declared: Mapping[str, str]) -> str:
        code = base = slug(name)
        number = 1
        while code in self.known.partners or code in self.new:
            number += 1
            code = f"{base}_{number}"
        self.new[code] = {
            "partner_code": code,
            "label_fr": label,
            "short_label": declared.get("short_label"),
            "partner_type_code": partner_type,
            "siren": siren,
            "parent_partner_code": declared.get("parent"),
        }
        self._index(code, self.new[code])
        return code

    def _similar(self, name: str) -> list[str]:
        keys = get_close_matches(name_key(name), self._by_key, 3, 0.6)
        best = sorted(keys, key=lambda key: -SequenceMatcher(None, key, name_key(name)).ratio())
        return [code for key in best for code in sorted(self._by_key[key])][:3]
