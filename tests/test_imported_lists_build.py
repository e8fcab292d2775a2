"""Imported lists in a built copy of the project: marts show every euro of the files once, and no rule of severity error breaks."""

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from contracts.add.imports.list_bench import WRITERS, measure_list
from contracts.common.project import PROJECT, copy_project, run_dbt
from contracts.use.explain import marts
from imported_lists import EXAMPLES, SAMPLES, run_import

pytestmark = pytest.mark.slow

FILES = [
    ("scdl-subventions", EXAMPLES / "subventions_fictives.csv", "2024-01-15"),
    ("feder-operations", EXAMPLES / "operations_europeennes_fictives.csv", "2024-01-15"),
    ("scdl-subventions", SAMPLES / "scdl_subventions_exemple_valide.csv", "2018-04-27"),
    ("feder-operations", SAMPLES / "feder_operations_2014_2020.csv", "2016-07-11"),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the examples, and the samples where they are, are imported and built."""
    folder = copy_project(tmp_path_factory.mktemp("lists"))
    for kind, path, published_on in FILES:
        if path.exists():
            imported = run_import(kind, path, folder, published_on=published_on)
            assert imported.exit_code == 0, imported.output
    run = run_dbt("build", project=folder)
    assert run.success, run.text
    return folder


@pytest.fixture
def built(project: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True, config={"enable_external_access": False}) as connection:
        yield connection


def one(built: duckdb.DuckDBPyConnection, query: str) -> tuple:
    row = built.execute(query).fetchone()
    assert row is not None
    return row


def test_decisions_count_once(built: duckdb.DuckDBPyConnection) -> None:
    where = "from star.fct_funding where contract_key like 'subventions_%' and document_key = 'subventions_fictives'"
    assert one(built, f"select sum(committed_eur) {where}") == (Decimal("375700.74"),)
    assert one(built, f"select sum(committed_eur) {where} and row_kind = 'unallocated'") == (Decimal("8339.99"),)
    assert one(built, f"select sum(committed_eur) {where} and credit_nature = 'valorised'") == (Decimal("1800.00"),)


def test_each_contract_of_a_funder_has_its_sum_in_every_mart(built: duckdb.DuckDBPyConnection) -> None:
    for mart in marts(built):
        query = f"select sum(committed_eur) from marts.{mart} where contract_key = 'subventions_region_d_exemple_fictive'"
        assert one(built, query) == (Decimal("362000.49"),), mart


def test_what_the_list_leaves_open_is_not_declared(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select count(distinct operation_key), sum(cost_eur), sum(programmed_eur), sum(not_declared_eur)
        from marts.financing_plans where contract_key like 'eu_po_fictif_%'
    """
    cost, eu, beyond = Decimal("2938238.14"), Decimal("873191.98"), Decimal("105.14")
    assert one(built, query) == (6, cost, eu, cost - eu + beyond)


def test_doubts_about_money_are_discrepancies(built: duckdb.DuckDBPyConnection) -> None:
    query = "select count(*) from quality.discrepancies where rule_id = 'shares_within_cost' and contract_key like 'eu_po_fictif_%'"
    assert one(built, query) == (1,)


def test_every_figure_cites_its_row(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select printed_figure, line_number, parsed_value from quality.figure_citations
        where document_key = 'subventions_fictives' and basis = 'share' and line_number = 4
    """
    assert one(built, query) == ("250000.50 × 0.4", 4, Decimal("100000.20"))


def test_the_samples_stand_in_the_marts(built: duckdb.DuckDBPyConnection) -> None:
    if not SAMPLES.exists():
        pytest.skip("the sample files are not beside the project (../shared/samples)")
    nord = "contract_key = 'po_feder_fse_npdc_2014_2020'"
    query = f"select count(distinct operation_key), sum(cost_eur) from marts.financing_plans where {nord}"
    assert one(built, query) == (122, Decimal("201348467.02"))
    query = "select sum(programmed_eur) from star.fct_funding where document_key = 'feder_operations_2014_2020'"
    assert one(built, query) == (Decimal("475332062.89"),)
    query = "select sum(cost_eur) from marts.financing_plans where contract_key like 'eu_%' and contract_key not like 'eu_po_fictif_%'"
    assert one(built, query) == (Decimal("1169057981.58") - Decimal("201348467.02"),)
    assert one(built, "select committed_eur from marts.funding_by_contract where contract_key = 'subventions_antibes'") == (
        Decimal("2821393.50"),
    )
    query = (
        "select count(*) from quality.discrepancies where rule_id = 'shares_within_cost' and found is not null and contract_key like '%'"
    )
    assert one(built, query)[0] >= 43


def test_a_corrected_file_replaces_its_own_rows_only(project: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "landing").glob("[!.]*/*.csv")}
    path = tmp_path / "operations_europeennes_fictives.csv"
    shutil.copy2(EXAMPLES / path.name, path)
    path.write_text(path.read_text(encoding="utf-8").replace("33 000,00", "30 000,00"), encoding="utf-8")
    run_import("feder-operations", path, project, published_on="2024-01-15")
    changed = {path for path, content in before.items() if path.read_bytes() != content}
    assert {path.name for path in changed} == {"operations_europeennes_fictives.csv"}
    run = run_dbt("build", project=project)
    assert run.success, run.text
    with duckdb.connect(str(project / "warehouse.duckdb"), read_only=True) as connection:
        query = "select sum(programmed_eur) from marts.funding_by_contract where contract_key like 'eu_po_fictif_%'"
        assert one(connection, query) == (Decimal("870191.98"),)


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_a_hundred_thousand_rows_stay_within_memory(kind: str, tmp_path: Path) -> None:
    speed = measure_list(kind, 100_000, tmp_path, PROJECT)
    assert speed.accepted == speed.rows == 100_000
    # the importers keep chunks and what only the whole file tells: 1 000 000 rows take 0.6 to 0.9 GiB
    assert speed.peak_mib < 1024


def test_the_example_conforms_to_the_published_schema(tmp_path: Path) -> None:
    schema = SAMPLES / "scdl_subventions_schema_2.1.1.json"
    if not schema.exists():
        pytest.skip("the sample files are not beside the project (../shared/samples)")
    import frictionless

    path = EXAMPLES / "subventions_fictives.csv"
    resource = frictionless.Resource(path=path.name, basepath=str(path.parent))
    resource.schema = frictionless.Schema.from_descriptor(json.loads(schema.read_text(encoding="utf-8")))
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
