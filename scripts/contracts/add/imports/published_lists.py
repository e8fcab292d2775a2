"""What the importers of published lists share: notes of doubtful rows, codes that follow from the content, partners of free names."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from contracts.add.imports.findings import Findings
from contracts.add.imports.messages import say
from contracts.add.imports.partners import Partners, name_key
from contracts.add.imports.reading import Chunk
from contracts.add.imports.session import Session
from contracts.common.texts import plain_letters

UNSPECIFIED = "unspecified"

# what a name says of the body; the first that fits counts
_TYPE_OF_NAME = tuple(
    (re.compile(pattern), partner_type)
    for pattern, partner_type in (
        (r"^(commune|ville|mairie)\b", "commune"),
        (r"^(departement|conseil (general|departemental))\b", "departement"),
        (r"^(region|conseil regional)\b", "region"),
        (r"^(communaute (communes|agglomeration|urbaine)|metropole)\b", "epci"),
        (r"^(syndicat mixte|syndicat intercommunal|sivom|sivu|parc naturel regional)\b", "local_public_body"),
        (r"^(universite|ecole nationale superieure|institut national recherche|cnrs|inserm|inra)\b", "higher_education"),
        (r"^(centre hospitalier|chu|chru)\b", "health_body"),
        (r"^(chambre (metiers|commerce|agriculture|regionale|departementale)|cci|cma)\b", "chamber"),
        (r"^(office public habitat|oph)\b", "social_landlord"),
        (r"^(association|asso|fondation)\b", "association"),
        (r"^(sarl|eurl|sas|sasu|scop|snc|earl|gaec)\b", "private_company"),
        (r"\b(sarl|eurl|sas|sasu)$", "private_company"),
    )
)
# first digits of a SIREN that INSEE gives to one kind of public body only
_TYPE_OF_SIREN = {"21": "commune", "22": "departement", "23": "region", "24": "epci", "25": "local_public_body"}


def type_of_partner(name: str, siren: str | None, is_association: bool = False) -> str:
    """Type of a partner as far as its number or name tells; "unspecified" otherwise."""
    if siren and siren[:2] in _TYPE_OF_SIREN:
        return _TYPE_OF_SIREN[siren[:2]]
    if is_association:
        return "association"
    key = name_key(name)
    return next((partner_type for pattern, partner_type in _TYPE_OF_NAME if pattern.search(key)), UNSPECIFIED)


@dataclass(frozen=True)
class Reason:
    """Why rows of a chunk are rejected or doubted. where: mask. rule: one, or one a row. values: fill its sentence."""

    where: np.ndarray
    rule: str | np.ndarray
    column: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Landed:
    """Another import that holds some of the same codes ("seeds": the seeds do): its name, one of the codes, how many."""

    name: str
    code: str
    count: int


class Doubts:
    """Doubts about rows of one chunk: into the findings, and in English into the note of each row."""

    def __init__(self, findings: Findings, chunk: Chunk, accepted: np.ndarray) -> None:
        self._findings = findings
        self._chunk = chunk
        self._accepted = accepted
        self.notes = np.full(len(chunk), "", dtype=object)

    def add(self, where: np.ndarray, rule: str | np.ndarray, column: str = "", **values: object) -> None:
        """Doubts accepted rows. where: mask. rule: one, or one a row. values: fill the sentence; an array has one value a row."""
        where = where & self._accepted
        if not where.any():
            return
        self._findings.doubt(self._chunk, where, rule, column, **values)
        cells = self._chunk.frame[column] if column else None
        for position in np.flatnonzero(where):
            own = {name: value[position] if isinstance(value, np.ndarray | list) else value for name, value in values.items()}
            own.setdefault("value", cells.iloc[position] if cells is not None else "")
            sentence = say(rule if isinstance(rule, str) else rule[position], "en", **own)
            self.notes[position] = f"{self.notes[position]} {sentence}".strip()


def is_given(values: np.ndarray) -> np.ndarray:
    """Mask of the values that are not None."""
    return np.not_equal(values, None).astype(bool)


def joined(columns: Iterable[object]) -> pa.Array:
    """Columns of text as one, with a separator that no cell holds; null counts as empty."""
    texts = [pa.array(column, type=pa.large_string(), from_pandas=True) for column in columns]
    return pc.binary_join_element_wise(*texts, pa.scalar("\x1f", pa.large_string()), null_handling="replace", null_replacement="")


def hashes(columns: Iterable[object]) -> np.ndarray:
    """A number for each row that is the same for the same cells; for comparisons within one import."""
    texts = joined(columns).to_numpy(zero_copy_only=False)
    return pd.util.hash_array(texts, categorize=False) if len(texts) else np.empty(0, dtype=np.uint64)


def digests(columns: Iterable[object]) -> list[str]:
    """16 hexadecimal digits for each row that follow from its cells alone, on every machine: a part of a code."""
    return [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in joined(columns).to_pylist()]


def partner_codes(
    partners: Partners, names: np.ndarray, sirens: np.ndarray, associations: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Code of the partner of each row, and codes among which the name alone does not choose (as text, "" where it does).

    No code: neither name nor SIREN, or several known partners bear the name. New partners are made. associations: rows with an RNA number.
    """
    rows_of, keys = pd.factorize(pd.Series(joined([names, sirens]).to_numpy(zero_copy_only=False)))
    found, candidates = np.full(len(keys), None, dtype=object), np.full(len(keys), "", dtype=object)
    # factorize keeps the order of the file, so that the same file gives the same codes
    first_rows = np.unique(rows_of, return_index=True)[1]
    for position, row in enumerate(first_rows):
        siren = sirens[row]
        name = names[row] or (f"SIREN {siren}" if siren else "")
        if name:
            is_association = associations is not None and bool(associations[row])
            match = partners.find(name, siren, type_of_partner(name, siren, is_association))
            found[position], candidates[position] = match.code, ", ".join(match.candidates)
    return found[rows_of], candidates[rows_of]


def other_spellings(codes: np.ndarray, names: np.ndarray, first: dict[str, tuple[str, str]]) -> np.ndarray:
    """For each row the first spelling of its partner where it differs beyond case and accents, "" elsewhere.

    first: letters and spelling by partner code, filled from here on.
    """
    differing = {}
    for code, name in dict.fromkeys(zip(codes, names, strict=True)):
        if code is not None and name:
            letters = plain_letters(name)
            first_letters, first_name = first.setdefault(code, (letters, name))
            if letters != first_letters:
                differing[code, name] = first_name
    return np.array([differing.get(pair, "") for pair in zip(codes, names, strict=True)], dtype=object)


def landed_elsewhere(session: Session, table: str, column: str, codes: Iterable[str], **scope: str) -> Landed | None:
    """The seeds or another import that hold some of these codes; None: none does.

    scope: values that other columns of these rows must have. The rows that this import wrote last time do not count.
    """
    wanted = pa.table({"code": pa.array(codes, type=pa.string())})
    landed = [path for path in sorted((session.places.landing_folder / table).glob("*")) if path.stem != session.name]
    for path in [session.places.project / "seeds" / f"{table}.csv", *landed]:
        if path.suffix not in (".csv", ".parquet"):
            continue
        with duckdb.connect() as connection:
            connection.register("wanted", wanted)
            held = (
                connection.read_parquet(str(path))
                if path.suffix == ".parquet"
                else connection.read_csv(str(path), header=True, all_varchar=True, sep=",", quotechar='"', escapechar='"')
            )
            if not {column, *scope} <= set(held.columns):
                continue
            held.create_view("held")
            where = "".join(f' and "{name}" = ${name}' for name in scope)
            query = f'select min(code), count(*) from wanted where code in (select "{column}" from held where true{where})'
            row = connection.execute(query, scope).fetchone()
        if row and row[1]:
            return Landed(path.stem if path in landed else "seeds", *row)
    return None
