"""Names in a file become partners: known ones, official bodies, or new rows of landing/partners of a declared type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from contracts.add.imports.known import Known
from contracts.add.imports.messages import ImportRefusedError
from contracts.add.imports.values import slug
from contracts.add.partners import Key, key_of
from contracts.add.partners import Partners as KnownPartners
from contracts.add.territories import geography
from contracts.common.texts import plain_letters

_WORD = re.compile(r"[^\W_]+")
_STOP_WORDS = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "en"}


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """What two spellings of one name share: letters without accents, case, punctuation and small words."""
    return " ".join(word for word in _WORD.findall(plain_letters(name)) if word not in _STOP_WORDS)


@dataclass(frozen=True)
class Match:
    """Outcome of looking up a name: its code, or candidates. is_ambiguous: the name means several of them, or does not tell which."""

    code: str | None
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False


@dataclass
class Partners:
    """Looks up names and makes new partners.

    declared: what the mapping says of names: a code, or the columns of a new partner (type, siren, label, short_label, parent).
    default_type: partner_type_code of names that nothing else explains; None: they stay unknown.
    """

    known: Known
    declared: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    default_type: str | None = None
    new: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = [{column: value or "" for column, value in row.items()} for row in self.known.rows("partners")]
        aliases = [{column: value or "" for column, value in row.items()} for row in self.known.rows("partner_aliases")]
        self._resolver = KnownPartners(rows, aliases, geography())
        self._found: dict[tuple[str, str | None], Match] = {}
        self._new_by_key: dict[Key, str] = {}
        self._new_by_siren: dict[str, str] = {}
        self._declared = {key_of(name): value for name, value in self.declared.items()}
        types = self.known.by_code("partner_types", "partner_type_code")
        for name, value in self.declared.items():
            if isinstance(value, str) and value not in self.known.partners:
                close = self.known.close_to(value, "partners", "partner_code")
                raise ImportRefusedError("mapping_wrong_value", key=f"partners: {name}", value=value, expected=close)
        for value in [self.default_type, *(value.get("type") for value in self.declared.values() if not isinstance(value, str))]:
            if value is not None and value not in types:
                raise ImportRefusedError("mapping_wrong_value", key="partner type", value=value, expected=", ".join(types))

    def find(self, name: str, siren: str | None = None, partner_type: str | None = None, label: str | None = None) -> Match:
        """The partner of a name: what the mapping declares, else by code, SIREN or name, else an official body or one of a given type.

        partner_type: type of the partner if it is new; None: default_type. label: French label of a new partner, the name when None.
        """
        key = (name, siren)
        if key not in self._found:
            self._found[key] = self._find(name, siren, partner_type or self.default_type, label or name)
        return self._found[key]

    def _find(self, name: str, siren: str | None, partner_type: str | None, label: str) -> Match:
        declared = self._declared.get(key_of(name))
        if isinstance(declared, str):
            return Match(declared)
        again = self._new_by_siren.get(siren) if siren else self._new_by_key.get(key_of(name))
        if again or name in self.new:
            return Match(again or name)
        found = self._resolver.resolve(name, siren, close=False)
        # the same name with another SIREN is another body
        match = found.match if not (siren and found.match and (found.match.siren or siren) != siren) else None
        of_type = [each for each in found.candidates if each.partner_type_code == partner_type]
        match = match or (of_type[0] if len(of_type) == 1 and not siren else None)
        if match:
            return Match(match.partner_code or self._create(name, match.siren, match.partner_type_code, match.label_fr, {}))
        partner_type = (declared or {}).get("type") or partner_type
        known = [each for each in found.candidates if each.partner_code]
        if not declared and not siren and (known or (found.candidates and partner_type is None)):
            return Match(None, tuple(map(str, found.candidates)), True)
        if partner_type is None or not slug(name):
            return Match(None, tuple(map(str, self._resolver.resolve(name, siren).candidates[:3])))
        return Match(self._create(name, siren, partner_type, label, declared or {}))

    def row(self, code: str) -> Mapping[str, str | None]:
        """The columns of a partner, known or new."""
        return self.new.get(code) or self.known.partners[code]

    def _create(self, name: str, siren: str | None, partner_type: str, label: str, declared: Mapping[str, str]) -> str:
        code = base = slug(label if siren else name)
        number = 1
        while code in self.known.partners or code in self.new:
            number += 1
            code = f"{base}_{number}"
        self.new[code] = {
            "partner_code": code,
            "label_fr": declared.get("label") or label,
            "short_label": declared.get("short_label"),
            "partner_type_code": partner_type,
            "siren": declared.get("siren") or siren,
            "parent_partner_code": declared.get("parent"),
        }
        self._new_by_key.setdefault(key_of(name), code)
        if self.new[code]["siren"]:
            self._new_by_siren.setdefault(str(self.new[code]["siren"]), code)
        return code
