"""Bad seeds and landing files: which file, line, column and rule an analyst is told, and what to do. No build is needed."""

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.add.check import Outcome, check, write_page
from contracts.add.check.findings import CRITICAL, WARNING
from contracts.add.check.loads import Load
from tools.example import example_project

CONTRACT = "contract_code,label_fr,contract_type_code"
LINE = "line_code,label_fr,line_use,contract_code,stage,instrument,credit_nature,amount_status,period_basis,measure_basis,is_withdrawn"
LINE_ROW = "Ligne,counted,contrat_fictif,contracted,grant,contractualised,not_printed,total,flow,false"

# case: file below landing/, content, the messages expected of it in order of line and column, without the file's name
CASES: dict[str, tuple[str, str | bytes | pa.Table, list[str]]] = {
    # what is read
    "sound file": ("contracts/sound.csv", f"{CONTRACT}\nsound,Contrat,fund\n", []),
    "CRLF": ("contracts/crlf.csv", f"{CONTRACT}\r\ncrlf,Contrat,fund\r\n", []),
    "byte order mark": ("contracts/bom.csv", f"\ufeff{CONTRACT}\nbom,Contrat,fund\n", []),
    "header only": ("contracts/header.csv", f"{CONTRACT}\n", []),
    "columns in another order": ("contracts/order.csv", "label_fr,contract_type_code,contract_code\nContrat,fund,order\n", []),
    "spaces around cells": ("contracts/spaces.csv", f"{CONTRACT}\n spaces , Contrat , fund \n", []),
    "comma and line break between quotes": ("contracts/quoted.csv", f'{CONTRACT}\nquoted,"Contrat, dit ""vert""\nsuite",fund\n', []),
    "empty lines": ("contracts/empty_lines.csv", f"{CONTRACT}\n\nempty_lines,Contrat,fund\n\n", []),
    "no line end at the end": ("contracts/no_end.csv", f"{CONTRACT}\nno_end,Contrat,fund", []),
    "guide beside the folders": ("guide.md", "# Guide", []),
    "hidden file": ("contracts/.~lock.csv#", "x", []),
    "a cell like a formula is data": ("contracts/formula.csv", f"{CONTRACT}\nformula,=1+1,fund\n", []),
    "a cell like SQL is data": ("contracts/sql.csv", f"{CONTRACT}\nsql,'; drop table contracts; --,fund\n", []),
    "name with quote and accent": ("contracts/l'été (1).csv", f"{CONTRACT}\nete,Contrat,fund\n", []),
    "Parquet": ("contracts/sound.parquet", pa.table({"contract_code": ["pq"], "label_fr": ["P"], "contract_type_code": ["fund"]}), []),
    "Parquet with numbers": (
        "source_documents/numbers.parquet",
        pa.table(
            {
                "document_code": ["pq_doc"],
                "title": ["T"],
                "publisher": ["P"],
                "published_on": pa.array([pd.Timestamp("2020-01-01").date()]),
                "published_on_precision": ["day"],
                "document_status": ["report"],
                "sha256": ["0"],
                "line_count": pa.array([3], pa.int64()),
            }
        ),
        [],
    ),
    "official territory": ("contracts/official.csv", f"{CONTRACT},territory_code\nofficial,Contrat,fund,commune_59001\n", []),
    "unknown official territory": (
        "contracts/unofficial.csv",
        f"{CONTRACT},territory_code\nunofficial,Contrat,fund,commune_59999\n",
        [", line 2, column territory_code: 'commune_59999' is unknown in territories; correct it, or add the row to territories"],
    ),
    # files without a place
    "not in a folder": ("contracts.csv", CONTRACT, [": is not in a folder of a table; put it into landing/<table>/ [critical: place]"]),
    "folder in a folder": ("contracts/old/x.csv", CONTRACT, [": is not in a folder of a table; put it into landing/<table>/"]),
    "unknown table": ("contract/x.csv", CONTRACT, [": contract is no table; rename the folder; tables: accepted_contradictions, axes,"]),
    "vocabulary": ("themes/x.csv", "theme_code\nx\n", [": themes holds rules or vocabulary; change seeds/themes.csv instead"]),
    "spreadsheet": ("contracts/x.xlsx", b"PK\x03\x04", [": is a spreadsheet; read it with contracts import, or save it as CSV UTF-8"]),
    "capitals in the suffix": ("contracts/X.CSV", CONTRACT, [": files of type .CSV are not read; save it as .csv or .parquet"]),
    "no suffix": ("contracts/x", CONTRACT, [": files of type none are not read; save it as .csv or .parquet"]),
    "sign of a pattern": ("contracts/x[1].csv", CONTRACT, [": the name holds *, ? or [; rename the file"]),
    # files that cannot be read
    "empty": ("contracts/empty.csv", "", [": is empty; write the header line, or remove the file [critical: empty_file]"]),
    "blank": ("contracts/blank.csv", "\n \n", [": is empty; write the header line, or remove the file"]),
    "cp1252": (
        "contracts/cp1252.csv",
        f"{CONTRACT}\na,A,fund\nb,Été,fund\n".encode("cp1252"),
        [", line 3: is not UTF-8; save the file as CSV UTF-8 [critical: encoding]"],
    ),
    "UTF-16": ("contracts/utf16.csv", CONTRACT.encode("utf-16"), [", line 1: is no CSV text in UTF-8; save it as CSV UTF-8 with commas"]),
    "spreadsheet called CSV": ("contracts/zip.csv", b"PK\x03\x04abc", [", line 1: is no CSV text in UTF-8; save it as CSV UTF-8"]),
    "null byte": ("contracts/null.csv", f"{CONTRACT}\na,\0,fund\n", [", line 2: holds a null byte; write the file again; it is damaged"]),
    "mixed line ends": (
        "contracts/mixed.csv",
        f"{CONTRACT}\r\na,A,fund\nb,B,fund\r\n",
        [": line ends are 2 × CRLF and 1 × LF; save it with LF or CRLF throughout [critical: line_ends]"],
    ),
    "line ends of old Macs": ("contracts/mac.csv", f"{CONTRACT}\ra,A,fund\r", [": line ends are 2 × CR; save it with LF or CRLF"]),
    "open quote": ("contracts/open.csv", f'{CONTRACT}\na,"A,fund\nb,B,fund\n', [", line 2: quotes do not match"]),
    "quote inside a cell": ("contracts/inside.csv", f'{CONTRACT}\na,"A"B,fund\n', [", line 2: quotes do not match"]),
    "broken Parquet": ("contracts/broken.parquet", b"PAR1", [": is no Parquet file ("]),
    # columns
    "semicolons": (
        "contracts/semicolons.csv",
        CONTRACT.replace(",", ";"),
        [", line 1: columns are separated by semicolons; save it with commas, or read it with contracts import [critical: separator]"],
    ),
    "tabs": ("contracts/tabs.csv", CONTRACT.replace(",", "\t"), [", line 1: columns are separated by tabs; save it with commas"]),
    "unknown column": (
        "contracts/unknown.csv",
        f"{CONTRACT},montant\na,A,fund,3\n",
        [", line 1: contracts has no column 'montant'; remove it; columns: contract_code, label_fr, contract_type_code, signed_on"],
    ),
    "column spelled otherwise": (
        "contracts/spelled.csv",
        "Contract Code,label_fr,contract_type_code\na,A,fund\n",
        [", line 1: contracts has no column 'Contract Code'; write contract_code", ", line 1, column contract_code: is missing"],
    ),
    "column without a name": ("contracts/unnamed.csv", f"{CONTRACT},\na,A,fund,\n", [", line 1: contracts has no column ''; remove it"]),
    "column twice": (
        "contracts/twice.csv",
        "contract_code,label_fr,contract_type_code,label_fr\na,A,fund,B\n",
        [", line 1, column label_fr: is there twice; keep one of them [critical: column_twice]"],
    ),
    "needed column missing": (
        "contracts/missing.csv",
        "contract_code,label_fr\na,A\n",
        [", line 1, column contract_type_code: is missing and never empty; add it: Kind of instrument."],
    ),
    "no header": ("contracts/no_header.csv", "a,A,fund\n", [", line 1: contracts has no column 'a'", "'A'", "'fund'", "", "", ""]),
    "column of SQL": (
        "contracts/sql_column.csv",
        f'{CONTRACT},"x"") as y; --"\na,A,fund,\n',
        [", line 1: contracts has no column 'x\") as y; --'"],
    ),
    # rows
    "too many cells": (
        "contracts/more.csv",
        f"{CONTRACT}\nmore,Contrat, dit vert,fund\nmore_2,Contrat,fund\n",
        [", line 2: has 4 cells, the header 3; put text that holds a comma between quotes, or fill"],
    ),
    "too few cells": ("contracts/less.csv", f"{CONTRACT}\nless,Contrat\n", [", line 2: has 2 cells, the header 3"]),
    "line after a cell with a line break": (
        "contracts/break.csv",
        f'{CONTRACT},signed_on\nbreak_1,"A\nB",fund,\nbreak_2,B,fund,demain\n',
        [", line 4, column signed_on: 'demain' is no date; write year-month-day between 1950 and 2100: 2021-03-31 [critical: type]"],
    ),
    "long cell": (
        "contracts/long.csv",
        f"{CONTRACT}\nlong,{'A' * 10_001},fund\n",
        [f", line 2, column label_fr: '{'A' * 60}…' is longer than 10000 signs; look for a missing quote, or cut it"],
    ),
    "very long cell": (
        "contracts/very_long.csv",
        f"{CONTRACT}\nx,{'A' * 200_000},fund\n",
        [", line 2: is longer than 100000 bytes; look for a missing quote"],
    ),
    "control sign": (
        "contracts/control.csv",
        f"{CONTRACT}\ncontrol,A\x1bB,fund\n",
        [", line 2, column label_fr: 'A\\x1bB' holds a control sign or one that was unreadable; remove it [critical: control_sign]"],
    ),
    "empty key": (
        "contracts/no_key.csv",
        f"{CONTRACT}\n,Contrat,fund\n",
        [", line 2, column contract_code: is empty; fill it: Code of the contract."],
    ),
    "blank label": (
        "contracts/no_label.csv",
        f"{CONTRACT}\nno_label,  ,fund\n",
        [", line 2, column label_fr: is empty; fill it: French label"],
    ),
    "code with capitals": (
        "contracts/capitals.csv",
        f"{CONTRACT}\nCPER-2027,Contrat,fund\n",
        [", line 2, column contract_code: 'CPER-2027' is malformed, not like [a-z0-9_]+; correct it [critical: pattern]"],
    ),
    "code that climbs folders": (
        "contracts/path.csv",
        f"{CONTRACT}\n../../etc,Contrat,fund\n",
        [", line 2, column contract_code: '../../etc' is malformed, not like [a-z0-9_]+"],
    ),
    "French date": (
        "contracts/date.csv",
        f"{CONTRACT},signed_on\ndate,Contrat,fund,31/12/2020\n",
        [", line 2, column signed_on: '31/12/2020' is no date; write year-month-day between 1950 and 2100: 2021-03-31"],
    ),
    "day that is none": (
        "contracts/day.csv",
        f"{CONTRACT},signed_on\nday,Contrat,fund,2021-02-29\n",
        [", line 2, column signed_on: '2021-02-29' is no date"],
    ),
    "year in words": (
        "contracts/year.csv",
        f"{CONTRACT},period_start_year\nyear,Contrat,fund,2021.0\n",
        [", line 2, column period_start_year: '2021.0' is no integer; write a whole number: 2021"],
    ),
    "period reversed": (
        "contracts/reversed.csv",
        f"{CONTRACT},period_start_year,period_end_year\nreversed,Contrat,fund,2021,2020\n",
        [", line 2, column period_end_year: '2020' is before period_start_year; exchange them or correct period_end"],
    ),
    "unknown type of contract": (
        "contracts/type.csv",
        f"{CONTRACT}\ntype,Contrat,cper\n",
        [", line 2, column contract_type_code: 'cper' is unknown in contract_types; correct it, or add the row to contract_types"],
    ),
    "negative line number": (
        "contracts/negative.csv",
        f"{CONTRACT},line_number\nnegative,Contrat,fund,-1\n",
        [", line 2, column line_number: '-1' is negative; write it without sign [critical: not_negative]"],
    ),
    "key of the seeds": (
        "contracts/seed_key.csv",
        f"{CONTRACT}\ncontrat_fictif,Contrat,fund\n",
        [", line 2, column contract_code: 'contrat_fictif' is a key of seeds/contracts.csv; keep one row; a landing file adds"],
    ),
    "key twice in a file": (
        "contracts/twice_key.csv",
        f"{CONTRACT}\ntwice_key,A,fund\ntwice_key,B,fund\n",
        [
            ", line 2, column contract_code: 'twice_key' is there 2 times with different content; keep one row",
            ", line 3, column contract_code: 'twice_key' is there 2 times with different content; keep one row",
        ],
    ),
    "French amount": (
        "financial_lines/french.csv",
        f'{LINE},amount_eur\nfrench,{LINE_ROW},"1 234,56"\n',
        [", line 2, column amount_eur: '1 234,56' is no decimal(18, 2); write digits with a point and at most 2 decimals: 1234567.89"],
    ),
    "amount with unit": (
        "financial_lines/unit.csv",
        f"{LINE},amount_eur\nunit,{LINE_ROW},2 M€\n",
        [", line 2, column amount_eur: '2 M€' is no decimal"],
    ),
    "thousandths of a euro": (
        "financial_lines/mill.csv",
        f"{LINE},amount_eur\nmill,{LINE_ROW},1.005\n",
        [", line 2, column amount_eur: '1.005' is no"],
    ),
    "exponent": (
        "financial_lines/exponent.csv",
        f"{LINE},amount_eur\nexponent,{LINE_ROW},1e6\n",
        [", line 2, column amount_eur: '1e6' is no"],
    ),
    "amount too large": (
        "financial_lines/large.csv",
        f"{LINE},amount_eur\nlarge,{LINE_ROW},12345678901234567\n",
        [", line 2, column amount_eur: '12345678901234567' is no decimal(18, 2)"],
    ),
    "negative amount": (
        "financial_lines/minus.csv",
        f"{LINE},amount_eur\nminus,{LINE_ROW},-5\n",
        [", line 2, column amount_eur: '-5' is negative"],
    ),
    "word outside the list": (
        "financial_lines/word.csv",
        f"{LINE}\nword,{LINE_ROW.replace('grant', 'gift')}\n",
        [", line 2, column instrument: 'gift' is not one of grant, loan, guarantee, advance, own_spending, unknown; take one of these"],
    ),
    "oui for true": (
        "financial_lines/oui.csv",
        f"{LINE}\noui,{LINE_ROW.replace('false', 'oui')}\n",
        [", line 2, column is_withdrawn: 'oui' is no boolean; write true or false"],
    ),
    "unknown parent": (
        "financial_lines/parent.csv",
        f"{LINE},parent_line_code\nparent,{LINE_ROW},nobody\n",
        [", line 2, column parent_line_code: 'nobody' is unknown in financial_lines; correct it, or add the row to financial_lines"],
    ),
    "unknown funder": (
        "financial_lines/funder.csv",
        f"{LINE},partner_code\nfunder,{LINE_ROW},nobody\n",
        [", line 2, column partner_code: 'nobody' is unknown"],
    ),
    "version twice": (
        "financial_lines/version.csv",
        f"{LINE}\nversion,{LINE_ROW}\nversion,{LINE_ROW}\n",
        [
            ", line 3, column line_code / as_of_date / effective_on / recorded_on: 'version / ∅ / ∅ / ∅' is there 2 times; "
            "the first, in landing/financial_lines/version.csv, is loaded"
        ],
    ),
    "wrong check digit": (
        "partners/siren.csv",
        "partner_code,label_fr,partner_type_code,siren\nsiren_1,Ville,commune,218000199\nsiren_2,Ville,commune,218000198\n",
        [", line 2, column siren: '218000199' has a wrong check digit; compare it with the official register [critical: check_digit]"],
    ),
    "malformed number": (
        "partners/short.csv",
        "partner_code,label_fr,partner_type_code,siren\nshort,Ville,commune,2.18E+08\n",
        [", line 2, column siren: '2.18E+08' is malformed, not like [0-9]{9}"],
    ),
    "money in floating point": (
        "indicators/float.parquet",
        pa.table({"indicator_code": ["x"], "contract_code": ["x"], "label_fr": ["x"], "unit": ["x"], "target_value": [1.5]}),
        [", column target_value: DOUBLE does not hold cents; write it as a decimal of two places, or as text [critical: floating_money]"],
    ),
    "row of a Parquet file": (
        "contracts/rows.parquet",
        pa.table({"contract_code": ["rows_1", "rows_2"], "label_fr": ["A", None], "contract_type_code": ["fund", "fund"]}),
        [", row 2, column label_fr: is empty; fill it"],
    ),
    "unknown column of a Parquet file": (
        "contracts/column.parquet",
        pa.table({"code": ["a"]}),
        [": contracts has no column 'code'", "", "", ""],
    ),
}


def land(project: Path, place: str, content: str | bytes | pa.Table) -> None:
    """Puts a file into landing/."""
    path = project / "landing" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, pa.Table):
        pq.write_table(content, path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One check of all cases together."""
    project = example_project(tmp_path_factory.mktemp("checked"))
    for place, content, _ in CASES.values():
        land(project, place, content)
    return check(project)


@pytest.mark.parametrize("case", CASES)
def test_the_check_says_where_what_and_what_to_do(outcome: Outcome, case: str) -> None:
    place, _, expected = CASES[case]
    found = [finding for finding in outcome.findings if finding.file == f"landing/{place}"]
    assert all(finding.severity == CRITICAL and finding.advice and finding.rule for finding in found)
    texts = [finding.text.removeprefix(f"landing/{place}") for finding in found]
    assert len(texts) == len(expected), texts
    for text, part in zip(texts, expected, strict=True):
        assert part in text


def test_seeds_are_not_blamed_for_landing_files(outcome: Outcome) -> None:
    assert [finding.text for finding in outcome.findings if not finding.file.startswith("landing/")] == []


def test_the_page_has_every_finding(outcome: Outcome, tmp_path: Path) -> None:
    page = write_page(outcome, tmp_path).read_text(encoding="utf-8")
    listed = json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))["findings"]
    assert len(listed) == len(outcome.findings) > 50
    assert all(finding.place in page for finding in outcome.findings)


def test_a_load_that_lost_rows_money_or_contracts_is_told() -> None:
    from contracts.add.check.drift import compare

    before = Load(
        {"partners": 100, "axes": 100, "operations": 10, "funds": 0},
        {
            "gone": Decimal("5.00"),
            "less": Decimal("100.00"),
            "a little less": Decimal("100.00"),
            "same": Decimal("0.01"),
            "empty": Decimal(0),
        },
    )
    now = Load(
        {"partners": 79, "axes": 80, "operations": 11, "funds": 3},
        {
            "less": Decimal("79.99"),
            "a little less": Decimal("94.99"),
            "same": Decimal("0.01"),
            "empty": Decimal(0),
            "new": Decimal("7.00"),
        },
    )
    found = {finding.text.split(";")[0]: finding.severity for finding in compare(before, now)}
    assert found == {
        "contracts, column contract_code: contract gone was published and is gone": CRITICAL,
        "axes: 80 rows, 100 in the published file (-20.0 %)": WARNING,
        "partners: 79 rows, 100 in the published file (-21.0 %)": CRITICAL,
        "financial_lines, column amount_eur: less: 79.99 € declared, 100.00 in the published file (-20.0 %)": CRITICAL,
        "financial_lines, column amount_eur: a little less: 94.99 € declared, 100.00 in the published file (-5.0 %)": WARNING,
    }


def test_nothing_lost_is_no_drift() -> None:
    from contracts.add.check.drift import compare

    load = Load({"partners": 3}, {"one": Decimal("5.00")})
    assert compare(load, load) == []
    assert compare(Load({}, {}), load) == []
