"""The generic tests of tests/data/generic pass on sound tables and find each defect on faulty ones.

They run in a copy of the project reduced to small seeds and models of fixtures, in one dbt build.
"""

import shutil
from pathlib import Path

import duckdb
import pytest
import yaml

from contracts.common.project import AMOUNTS, PROJECT, run_dbt

SEEDS = {
    "partners": """
        partner_code,label_fr
        etat,État
        region,Région
        ,Sans code
    """,
    "lines_sound": """
        line_code,recorded_on,label_fr,stage,partner_code,parent_line_code,amount_eur,start_year,end_year
        total,,Total,contracted,,,100,2015,2020
        part,,Part de l'État,contracted,etat,total,60,2016,2016
        part,2018-01-01,Part,contracted,etat,total,60,,2016
        free,,Sans montant,paid,region,,,,
    """,
    "lines_faulty": """
        line_code,recorded_on,label_fr,stage,partner_code,parent_line_code,amount_eur,start_year,end_year
        twice,,Deux fois,contracted,etat,,1,,
        twice,,Deux fois,contracted,etat,,1,,
        twice dated,2018-01-01,Deux fois,contracted,etat,,1,,
        twice dated,2018-01-01,Deux fois,contracted,etat,,1,,
        no label,,,contracted,etat,,1,,
        negative,,Négatif,contracted,etat,,-0.01,,
        backwards,,À rebours,contracted,etat,,1,2020,2019
        other stage,,Stade inconnu,d'accord,etat,,1,,
        unknown partner,,Financeur inconnu,contracted,nobody,,1,,
        Bad-Code,,Code mal formé,contracted,etat,,1,,
    """,
    "numbers_sound": """
        partner_code,siren
        ville_amiens,218000198
        mel,200093201
        sans,
    """,
    "numbers_faulty": """
        partner_code,siren
        last digit,218000199
        two swapped,280100198
    """,
    "loops_none": """
        code,parent_code
        root,
        middle,root
        leaf,middle
        orphan,gone
    """,
    "loops_found": """
        code,parent_code
        itself,itself
        one,two
        two,one
        three,four
        four,five
        five,three
        under a loop,one
        root,
    """,
    "long_way": "code,parent_code\n" + "\n".join(f"step {place},step {place + 1}" for place in range(17)),
}

# measures of fct_funding that each fixture mart carries: the same, one cent less, a null, rows cut another way
FUNDING = "select * from (values (100.00, 1), (0.01, 2)) as t (amount, line_count)"
MARTS = {
    "funding_same": "select * from (values (60.00, 1), (40.00, 0), (0.01, 2)) as t (amount, line_count)",
    "funding_a_cent_less": "select * from (values (100.00, 3)) as t (amount, line_count)",
    "funding_a_line_more": "select * from (values (100.01, 4)) as t (amount, line_count)",
    "funding_empty": "select * from (values (100.00, 1)) as t (amount, line_count) where false",
}

# rows that a build works on, kept with columns of their own
ROWS_OF_BUILD = {
    "lines_of_build": "select *, 1 as version_id from {{ ref('lines_faulty') }} where line_code in ('twice', 'negative')",
    "loops_of_build": "select *, 1 as version_id from {{ ref('loops_found') }} where code in ('one', 'two')",
}

SOUND_SEED = {
    "key": ["line_code", "recorded_on"],
    "required": ["label_fr", "stage"],
    "not_negative": ["amount_eur"],
    "ordered": [["start_year", "end_year"]],
    "allowed": {"stage": ["contracted", "paid"]},
    "patterns": {"line_code": "[a-z ]+"},
    "references": [{"column": "partner_code", "to": "ref('partners')", "field": "partner_code"}],
}

EXPECTED = {
    "sound_seed_passes": [],
    "sound_seed_finds": [
        ("twice / ∅", "line_code, recorded_on", "is there 2 times", "twice / ∅"),
        ("twice dated / 2018-01-01", "line_code, recorded_on", "is there 2 times", "twice dated / 2018-01-01"),
        ("no label / ∅", "label_fr", "is empty", None),
        ("negative / ∅", "amount_eur", "is negative", "-0.01"),
        ("backwards / ∅", "end_year", "is before start_year", "2019"),
        ("other stage / ∅", "stage", "is not one of contracted, paid", "d'accord"),
        ("unknown partner / ∅", "partner_code", "is unknown in partners", "nobody"),
        ("Bad-Code / ∅", "line_code", "does not look like [a-z ]+", "Bad-Code"),
    ],
    "sound_seed_finds_in_a_build": [
        ("twice / ∅", "line_code, recorded_on", "is there 2 times", "twice / ∅"),
        ("negative / ∅", "amount_eur", "is negative", "-0.01"),
        ("no label / ∅", "label_fr", "is empty", None),
    ],
    "luhn_passes": [],
    "luhn_finds": [
        ("last digit", "siren", "has a wrong check digit", "218000199"),
        ("two swapped", "siren", "has a wrong check digit", "280100198"),
    ],
    "no_loop_passes": [],
    "no_loop_finds": [(code, "parent_code", "leads back to the row itself") for code in ("itself", "one", "two", "three", "four", "five")],
    "no_loop_finds_in_a_build": [(code, "parent_code", "leads back to the row itself") for code in ("one", "two")],
    "no_loop_finds_a_long_way": [("step 1", "parent_code", "rows below it lead further up than 16 rows, or to a loop")],
    "conserves_funding_same": [],
    "conserves_funding_a_cent_less": [("contracted_eur", "100.01", "100.00")],
    "conserves_funding_a_line_more": [("financial_line_count", "3.00", "4.00")],
    "conserves_funding_empty": [("contracted_eur", "100.01", None), ("financial_line_count", "3.00", None)],
}


def measures(rows: str) -> str:
    """A funding table of the fixtures: contracted amounts and line counts filled, every other measure null."""
    empty = [name for name in AMOUNTS if name != "contracted_eur"]
    nulls = ", ".join(f"cast(null as decimal(18, 2)) as {name}" for name in empty)
    filled = "cast(amount as decimal(18, 2)) as contracted_eur, line_count as financial_line_count"
    return f"select {filled}, {nulls} from ({rows})"


def generic_test(kind: str, name: str, arguments: dict) -> dict:
    """A data test as YAML, with the rows that it returns stored in schema found."""
    config = {"store_failures": True, "schema": "found", "severity": "warn"}
    return {kind: {"name": name, "arguments": arguments, "config": config}}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    """Rows that each generic test returns on its fixtures, by test name, without the table's name."""
    project = tmp_path_factory.mktemp("generic_tests")
    shutil.copytree(PROJECT / "tests/data/generic", project / "tests/data/generic")
    shutil.copytree(PROJECT / "macros", project / "macros")
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy2(PROJECT / name, project)
    write_fixtures(project)
    run = run_dbt("build", project=project)
    assert run.success, run.text
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        return {
            name: connection.execute(f"select columns(c -> c not in ('table_name', 'file_name')) from found.{name}").fetchall()
            for name in EXPECTED
        }


def write_fixtures(project: Path) -> None:
    """Writes seeds, models and the tests on them into an empty project."""
    (project / "seeds").mkdir()
    for name, text in SEEDS.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (project / "seeds" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (project / "models").mkdir()
    for name, rows in {"fct_funding": FUNDING, **MARTS}.items():
        (project / "models" / f"{name}.sql").write_text(measures(rows) + "\n", encoding="utf-8")
    for name, rows in ROWS_OF_BUILD.items():
        (project / "models" / f"{name}.sql").write_text(rows + "\n", encoding="utf-8")
    types = {"line_code": "varchar", "recorded_on": "date", "amount_eur": "decimal(18, 2)"}
    numbers = {"siren": "varchar"}
    loop = {"code": "code", "parent": "parent_code"}
    of_lines = SOUND_SEED | {"changed_rows": "ref('lines_of_build')", "column_of_changed": "label_fr"}
    of_loops = loop | {"changed_rows": "ref('loops_of_build')"}
    tests = {
        "lines_sound": [generic_test("sound_seed", "sound_seed_passes", SOUND_SEED)],
        "lines_faulty": [
            generic_test("sound_seed", "sound_seed_finds", SOUND_SEED),
            generic_test("sound_seed", "sound_seed_finds_in_a_build", of_lines),
        ],
        "numbers_sound": [generic_test("sound_seed", "luhn_passes", {"key": ["partner_code"], "luhn": ["siren"]})],
        "numbers_faulty": [generic_test("sound_seed", "luhn_finds", {"key": ["partner_code"], "luhn": ["siren"]})],
        "loops_none": [generic_test("no_loop", "no_loop_passes", loop)],
        "loops_found": [generic_test("no_loop", "no_loop_finds", loop), generic_test("no_loop", "no_loop_finds_in_a_build", of_loops)],
        "long_way": [generic_test("no_loop", "no_loop_finds_a_long_way", loop)],
    }
    document = {
        "seeds": [
            {
                "name": name,
                "data_tests": checks,
                "config": {"column_types": types if "lines" in name else numbers if "numbers" in name else {}},
            }
            for name, checks in tests.items()
        ],
        "models": [{"name": mart, "data_tests": [generic_test("conserves_funding", f"conserves_{mart}", {})]} for mart in MARTS],
    }
    (project / "models" / "fixtures.yml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("name", EXPECTED)
def test_generic_test_returns_exactly_the_defects(found: dict[str, list[tuple]], name: str) -> None:
    rows = [tuple(None if value is None else str(value) for value in row) for row in found[name]]
    assert sorted(rows, key=str) == sorted(EXPECTED[name], key=str)
