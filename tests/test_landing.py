"""Files of landing/ join the seeds: a landed contract is in every mart, a landed breakdown leaves higher totals as they are."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from contracts.add.new import LandingError, new_contract
from contracts.common.project import PROJECT, open_warehouse, run_dbt
from contracts.common.shapes import shapes

MILLION = Decimal(1_000_000)

Rows = list[dict[str, str]]

HOSTILE_LABEL = "=1+1 «Contrat» d'essai'; drop schema marts cascade; -- <script>{{ ref('x') }}"

LINE = {
    "line_use": "counted",
    "stage": "contracted",
    "instrument": "grant",
    "credit_nature": "contractualised",
    "qualifier": "exact",
    "amount_status": "printed",
    "period_basis": "total",
    "measure_basis": "flow",
    "is_withdrawn": "false",
}
MENTION = {"qualifier": "exact", "basis": "total", "multiplier": "1", "role": "states", "subject_type": "financial_line"}


def line(code: str, contract: str, amount: int, **columns: str) -> dict[str, str]:
    return LINE | {"line_code": code, "label_fr": f"Ligne {code}", "contract_code": contract, "amount_eur": f"{amount}.00"} | columns


def mention(code: str, place: int, amount: int, **columns: str) -> dict[str, str]:
    figure = f"{amount:,} €".replace(",", " ")
    return (
        MENTION
        | {
            "mention_code": f"{code}_1",
            "document_code": "doc_pose",
            "line_number": str(place),
            "printed_figure": figure,
            "subject_code": code,
        }
        | columns
    )


LANDED: dict[str, Rows] = {
    "source_documents": [
        {
            "document_code": code,
            "title": f"Document fictif {code}",
            "publisher": "Document fictif",
            "published_on": published_on,
            "published_on_precision": "day",
            "document_status": status,
            "sha256": "0" * 64,
            "line_count": "50",
        }
        for code, published_on, status in (("doc_pose", "2021-04-01", "signed"), ("bilan_pose", "2023-01-31", "report"))
    ],
    "contracts": [
        {
            "contract_code": "contrat_pose",
            "label_fr": HOSTILE_LABEL,
            "contract_type_code": "city_contract",
            "signed_on": "2021-04-01",
            "period_start_year": "2021",
            "period_end_year": "2022",
            "territory_code": "vallee_exemple",
            "document_code": "doc_pose",
            "line_number": "1",
        }
    ],
    "contract_signatories": [
        {"contract_code": "contrat_pose", "partner_code": code, "role": "signatory"} for code in ("etat", "ville_pose")
    ],
    "partners": [{"partner_code": "ville_pose", "label_fr": "Ville fictive", "partner_type_code": "commune"}],
    "axes": [
        {
            "axis_code": "pose__1",
            "contract_code": "contrat_pose",
            "level": "1",
            "level_label_fr": "Volet",
            "label_fr": "Logement",
            "theme_code": "housing_urban_renewal",
        }
    ],
    "operations": [
        {
            "operation_code": "pose_ecole",
            "contract_code": "contrat_pose",
            "axis_code": "pose__1",
            "label_fr": "École fictive",
            "status": "programmed",
        }
    ],
    "financial_lines": [
        line("pose_total", "contrat_pose", 900_000, axis_code="pose__1", instrument="unknown", breakdown="partial"),
        line(
            "pose_etat",
            "contrat_pose",
            400_000,
            axis_code="pose__1",
            partner_code="etat",
            parent_line_code="pose_total",
            parent_basis="printed",
        ),
        line("pose_ville", "contrat_pose", 300_000, axis_code="pose__1", partner_code="ville_pose", operation_code="pose_ecole")
        | {"parent_line_code": "pose_total", "parent_basis": "printed"},
        line("pose_paye", "contrat_pose", 100_000, axis_code="pose__1", stage="paid", measure_basis="cumulative", as_of_date="2022-12-31")
        | {"recorded_on": "2023-01-31"},
    ],
    "source_mentions": [
        mention("pose_total", 3, 900_000),
        mention("pose_etat", 4, 400_000),
        mention("pose_ville", 5, 300_000),
        mention("pose_paye", 6, 100_000, subject_recorded_on="2023-01-31", document_code="bilan_pose"),
        mention("pose_places", 7, 0, printed_figure="120 places", subject_type="indicator"),
        mention("pose_voirie", 8, 1_000_000),
        mention("pose_quais", 9, 500_000),
    ],
    "indicators": [
        {
            "indicator_code": "pose_places",
            "contract_code": "contrat_pose",
            "label_fr": "Places",
            "unit": "places",
            "target_value": "120",
            "document_code": "doc_pose",
            "line_number": "7",
        }
    ],
}
# two parts under a line of the seeds, one in a file of its own
BREAKDOWN = {
    "parent_line_code": "fictif_mobilites_region",
    "parent_basis": "printed",
    "axis_code": "fictif__1",
    "partner_code": "region_exemple",
}
PART = line("pose_voirie", "contrat_fictif", 1_000_000, **BREAKDOWN)
OTHER_PART = line("pose_quais", "contrat_fictif", 500_000, **BREAKDOWN)


# number and sum of what readers see, which a stopped build leaves as it is
TABLES = """
    select schema_name, table_name, estimated_size, (select sum(contracted_eur) from star.fct_funding)
    from duckdb_tables() where schema_name in ('star', 'marts', 'quality') order by all
"""


def write_csv(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def landing(second_project: Path) -> Iterator[Path]:
    """The landing folder of the second project; what a test puts there is taken away."""
    folder = second_project / "landing"
    yield folder
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def test_landed_files_join_the_seeds(second_project: Path, landing: Path) -> None:
    warehouse = second_project / "warehouse.duckdb"
    for table, rows in LANDED.items():
        write_csv(landing / table / "pose.csv", rows)
    write_csv(landing / "financial_lines" / "l'été; --.csv", [PART])
    pq.write_table(pa.Table.from_pylist([OTHER_PART]), landing / "financial_lines" / "other_part.parquet")

    run = run_dbt("build", project=second_project)

    assert run.success, run.text
    with open_warehouse(warehouse) as connection:
        # without the landed breakdown: 10 M€, of which 0.5 M€ unallocated
        columns = "contracted_eur, paid_eur, unallocated_contracted_eur"
        totals = connection.execute(f"select {columns} from marts.funding_by_contract where contract_key = 'contrat_fictif'").fetchone()
        assert totals == (10 * MILLION, Decimal("3600000.00"), Decimal("1500000.00")), "a breakdown leaves the totals above it as they are"
        query = (
            "select funder_key, contracted_eur from marts.funding_by_partner where contract_key = 'contrat_fictif' and contracted_eur > 0"
        )
        assert dict(connection.execute(query).fetchall()) == {
            "etat": 5 * MILLION,
            "region_exemple": Decimal("4500000.00"),
            "unspecified": Decimal("500000.00"),
        }
        marts = connection.execute("select table_name from duckdb_columns() where schema_name = 'marts' and column_name = 'contract_key'")
        for (mart,) in marts.fetchall():
            found = connection.execute(f"select count(*) from marts.{mart} where contract_key = 'contrat_pose'").fetchone()
            assert found != (0,), f"the landed contract is not in {mart}"
        total = connection.execute("select contracted_eur, paid_eur from marts.funding_by_contract where contract_key = 'contrat_pose'")
        assert total.fetchone() == (Decimal("900000.00"), Decimal("100000.00"))
        label = connection.execute("select label_fr from star.dim_contract where contract_key = 'contrat_pose'").fetchone()
        assert label == (HOSTILE_LABEL,), "labels are data"
        files = connection.execute(
            "select line_code, landing_file from staging.stg_contracts__financial_lines where line_code like 'pose%' order by 1"
        )
        assert files.fetchall() == [
            ("pose_etat", "landing/financial_lines/pose.csv"),
            ("pose_paye", "landing/financial_lines/pose.csv"),
            ("pose_quais", "landing/financial_lines/other_part.parquet"),
            ("pose_total", "landing/financial_lines/pose.csv"),
            ("pose_ville", "landing/financial_lines/pose.csv"),
            ("pose_voirie", "landing/financial_lines/l'été; --.csv"),
        ]
        views = connection.execute("select sql from duckdb_views() where not internal").fetchall()
        external = [sql for (sql,) in views if re.search(r"\bread_", sql)]
        assert external == [], "the file stands alone"


def test_a_broken_row_stops_the_build_before_any_model_and_is_told(second_project: Path, landing: Path) -> None:
    again = {"contract_code": "contrat_fictif", "label_fr": "Encore", "contract_type_code": "fund"}
    write_csv(landing / "contracts" / "again.csv", [again])
    write_csv(landing / "contracts" / "day.csv", [again | {"contract_code": "day", "signed_on": "31/12/2020"}])
    with open_warehouse(second_project / "warehouse.duckdb") as connection:
        before = connection.execute(TABLES).fetchall()
    run = run_dbt("build", project=second_project)
    assert not run.success
    assert "landing/contracts/again.csv, line 2, column contract_code: 'contrat_fictif' is a key of seeds/contracts.csv" in run.text
    assert "landing/contracts/day.csv, line 2, column signed_on: '31/12/2020' is no date" in run.text
    with open_warehouse(second_project / "warehouse.duckdb") as connection:
        assert connection.execute(TABLES).fetchall() == before
        assert connection.execute("select count(*) from staging.rejects").fetchone() == (2,), "they can be read after the build"


def test_without_landing_files_staging_is_the_seeds(warehouse: duckdb.DuckDBPyConnection) -> None:
    for table, shape in shapes().items():
        columns = ", ".join(shape.columns)
        typed = ", ".join(f"cast({column} as {kind}) as {column}" for column, kind in shape.columns.items())
        seed = warehouse.execute(f"select {typed} from seeds.{table} order by all").fetchall()
        own = "where landing_file is null" if shape.takes_landing else ""
        assert warehouse.execute(f"select {columns} from staging.stg_contracts__{table} {own} order by all").fetchall() == seed, table


def test_every_seed_of_contracts_takes_landing_files() -> None:
    vocabulary = {name for name, shape in shapes().items() if not shape.takes_landing}
    assert vocabulary == {
        "contract_types",
        "money_units",
        "number_words",
        "partner_types",
        "stages",
        "territory_types",
        "themes",
        "verified_figures",
    }


@pytest.fixture
def clean_copy(tmp_path: Path) -> Path:
    """A folder with the seeds and YAML of the project."""
    for part in ("seeds", "models"):
        (tmp_path / part).symlink_to(PROJECT / part)
    return tmp_path


def test_new_writes_files_to_fill_in_and_a_guide(clean_copy: Path) -> None:
    paths = new_contract("essai_2030", "=Contrat d'essai", "fund", clean_copy)
    assert all(path.exists() for path in paths)
    with (clean_copy / "landing/contracts/essai_2030.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {column: value for column, value in row.items() if value} == {
        "contract_code": "essai_2030",
        "label_fr": "=Contrat d'essai",
        "contract_type_code": "fund",
    }
    guide = (clean_copy / "landing/essai_2030.md").read_text(encoding="utf-8")
    for table in ("source_documents", "financial_lines", "source_mentions"):
        header = (clean_copy / f"landing/{table}/essai_2030.csv").read_text(encoding="utf-8").strip()
        assert header.split(",") == list(shapes()[table].columns)
        assert f"## landing/{table}/essai_2030.csv" in guide
    assert "one of counted, cost, cross_total, context, never empty" in guide


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("../etc",), "is no contract code"),
        (("CPER 2027",), "is no contract code"),
        (("essai'; drop table x; --",), "is no contract code"),
        (("a" * 61,), "is no contract code"),
        (("",), "is no contract code"),
        (("cper_npdc_2015_2020",), "is a contract of the seeds"),
        (("essai_2030", "Essai", "cper"), "«cper» must be one of state_region_plan"),
        (("essai_2030", "Essai"), "give --label and --type together"),
    ],
)
def test_new_refuses_in_words_and_writes_nothing(clean_copy: Path, arguments: tuple[str, ...], expected: str) -> None:
    with pytest.raises(LandingError, match=expected):
        new_contract(*arguments, project=clean_copy)
    assert not (clean_copy / "landing").exists()


def test_new_never_writes_over_a_file(clean_copy: Path) -> None:
    new_contract("essai_2030", project=clean_copy)
    with pytest.raises(LandingError, match=r"landing/source_documents/essai_2030.csv is there already"):
        new_contract("essai_2030", project=clean_copy)
