"""Builds one after the other: of some models, after failures, with other variables, columns or steps.

Each leaves right tables or stops with a sentence.
"""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.common.project import NEXT_STEP, Run, build_state, contracts_waiting, open_warehouse, run_dbt
from test_bad_seeds import public_tables
from test_landing import LANDED, MILLION, line, mention, write_csv
from tools.example import example_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with landed rows, built."""
    folder = example_project(tmp_path_factory.mktemp("builds"))
    for table, rows in LANDED.items():
        write_csv(folder / "landing" / table / "pose.csv", rows[:5])  # without figures of other lines
    build(folder)
    return folder


def build(project: Path, *arguments: str, command: str = "build") -> Run:
    run = run_dbt(command, *arguments, project=project)
    assert run.success, run.text
    return run


def rows(project: Path, query: str) -> list[tuple]:
    with open_warehouse(project / "warehouse.duckdb") as connection:
        return connection.execute(query).fetchall()


def state(project: Path) -> str:
    with open_warehouse(project / "warehouse.duckdb") as connection:
        return build_state(connection).text


JUDGES = "path:models/staging/rejects"
CONTRACTED = "select contract_key, contracted_eur from marts.funding_by_contract where contracted_eur is not null order by all"
AS_BUILT = [("contrat_fictif", 10 * MILLION), ("contrat_pose", Decimal(900_000))]


@pytest.fixture
def landed_file(project: Path) -> Iterator[Path]:
    """A place for one more file of lines; afterwards it and its figures are gone and everything is built."""
    path = project / "landing/financial_lines/more.csv"
    yield path
    for table in ("financial_lines", "source_mentions"):
        (project / "landing" / table / path.name).unlink(missing_ok=True)
    build(project)
    assert rows(project, CONTRACTED) == AS_BUILT


PAID = line("pose_avance", "contrat_pose", 200_000, axis_code="pose__1", stage="announced", amount_status="not_printed", amount_eur="")


@pytest.mark.slow
def test_a_run_on_some_models_stops_at_rows_that_nobody_judged(project: Path, landed_file: Path) -> None:
    before = public_tables(project)
    write_csv(landed_file, [PAID | {"instrument": "gift"}])
    for command in ("build", "run"):
        run = run_dbt(command, "--select", "int_contracts_changed+", project=project)
        assert not run.success
        assert "not be judged as they are now" in run.text
        assert public_tables(project) == before
    # a build that stopped at the gate is no judgement either, nor is it once the file is as before
    assert not run_dbt("build", project=project).success
    assert "stopped at gate" in state(project)
    for _ in range(2):
        assert "not be judged" in run_dbt("run", "--select", "fct_funding+", project=project).text
        landed_file.unlink(missing_ok=True)
    assert public_tables(project) == before
    build(project)
    build(project, "--select", "fct_funding+")
    assert "built a part of it" in state(project)
    assert public_tables(project) == before


@pytest.mark.slow
def test_rows_are_judged_by_all_models_or_by_none(project: Path, landed_file: Path) -> None:
    build(project)
    write_csv(landed_file, [PAID | {"period_start_year": "2015.4"}])
    for selected in ("gate", "files_to_judge gate", "rejects_of_cells+", "staging.rejects,gate+"):
        assert "not be judged" in run_dbt("run", "--select", *selected.split(), project=project).text, selected
    assert not run_dbt("build", "--select", JUDGES, project=project).success
    assert "stopped at gate" in state(project)
    landed_file.unlink()
    build(project)
    rules = project / "models/staging/stg_contracts__partners.yml"
    kept = rules.read_text(encoding="utf-8")
    rules.write_text(kept.replace("required: [partner_code", "required: [siren, partner_code", 1), encoding="utf-8")
    assert rules.read_text(encoding="utf-8") != kept
    assert "not be judged" in run_dbt("run", "--select", "dim_partner", project=project).text, "the rules are others"
    assert "stopped at gate" in run_dbt("build", "--select", JUDGES, project=project).text + state(project)
    rules.write_text(kept, encoding="utf-8")


@pytest.mark.slow
def test_a_changed_seed_is_judged_and_built_with_what_depends_on_it(project: Path, landed_file: Path) -> None:
    built = project / "target" / "built"
    built.mkdir(exist_ok=True)
    build(project)
    assert run_dbt("parse", project=project, artifacts=True).success
    shutil.copy2(project / "target" / "manifest.json", built)
    path = project / "seeds" / "partners.csv"
    kept = path.read_text(encoding="utf-8")
    changed = kept.replace("Région d'Exemple", "Région voisine", 1)
    assert changed != kept
    path.write_text(changed, encoding="utf-8")
    run = run_dbt("build", "--select", "state:modified+", JUDGES, "--state", str(built), project=project)
    assert run.success, run.text
    assert rows(project, "select count(*) from star.dim_partner where label_fr like '%Région voisine%'") == [(1,)]
    assert rows(project, "select count(*) from build_state.judged_rows") == [(1,)]
    path.write_text(kept, encoding="utf-8")


@pytest.mark.slow
def test_a_run_on_some_models_stops_where_they_would_mix_two_builds(project: Path, landed_file: Path) -> None:
    write_csv(landed_file, [PAID])
    build(project, "--select", "+int_lines_of_changed_contracts")
    run = run_dbt("build", "--select", "fct_funding", project=project)
    assert not run.success
    assert "select +fct_funding" in run.text
    build(project, "--select", "+fct_funding")
    assert rows(project, "select count(*) from star.fct_funding where line_code = 'pose_avance'") == [(1,)]


@pytest.mark.slow
def test_what_went_between_failed_builds_leaves_with_the_next_good_one(project: Path, landed_file: Path) -> None:
    figures = project / "landing/source_mentions/more.csv"
    write_csv(landed_file, [line("pose_plus", "contrat_pose", 50_000, axis_code="pose__1")])
    write_csv(figures, [mention("pose_plus", 9, 50_000)])
    build(project)
    assert rows(project, CONTRACTED)[1] == ("contrat_pose", Decimal(950_000))
    write_csv(landed_file, [PAID | {"instrument": "gift"}])
    figures.unlink()
    for command in ("build", "run"):
        assert not run_dbt(command, project=project).success
        assert rows(project, CONTRACTED)[1] == ("contrat_pose", Decimal(950_000)), "the last good build stays"
    with_rejects = ("--vars", "{keep_rejects: true}")
    build(project, *with_rejects, command="run")
    assert rows(project, CONTRACTED)[1] == ("contrat_pose", Decimal(900_000)), "the file that went has no money left"
    assert rows(project, "select distinct file_name, column_name from quality.rejects") == [
        ("landing/financial_lines/more.csv", "instrument")
    ]
    assert "not be judged" in run_dbt("run", "--select", "fct_funding", project=project).text, "without keep_rejects they are not sound"
    build(project, "--select", "fct_funding", *with_rejects)


@pytest.mark.slow
def test_other_variables_build_everything_anew(project: Path, landed_file: Path) -> None:
    before = public_tables(project)
    build(project, "--vars", "{known_as_of: 2022-12-31}")
    assert rows(project, "select paid_eur from marts.funding_by_contract where contract_key = 'contrat_pose'") == [(None,)]
    build(project)
    assert public_tables(project) == before


@pytest.mark.slow
def test_full_refresh_makes_the_same_tables(project: Path) -> None:
    before = public_tables(project)
    build(project, "--full-refresh")
    assert public_tables(project) == before
    run = run_dbt("build", "--full-refresh", "--select", "funding_by_theme", project=project)
    assert run.success, run.text
    assert public_tables(project) == before


@pytest.mark.slow
def test_a_changed_column_of_a_mart_makes_the_mart_anew(project: Path) -> None:
    build(project)  # works on the contracts of the seeds alone
    before = public_tables(project)
    sql, yml = (project / "models/marts/per_contract" / f"funding_by_theme.{kind}" for kind in ("sql", "yml"))
    kept = sql.read_text(encoding="utf-8"), yml.read_text(encoding="utf-8")
    sql.write_text(kept[0].replace("select * from final", "select *, 1 as one from final"), encoding="utf-8")
    yml.write_text(kept[1].rstrip() + "\n      - {name: one, data_type: integer, description: One.}\n", encoding="utf-8")
    run = run_dbt("build", "--select", "funding_by_theme", project=project)
    assert not run.success, "contracts that did not change are not at hand"
    assert "select +funding_by_theme" in run.text
    build(project)
    assert rows(project, "select distinct one from marts.funding_by_theme") == [(1,)]
    for path, text in zip((sql, yml), kept, strict=True):
        path.write_text(text, encoding="utf-8")
    build(project)
    assert public_tables(project) == before


@pytest.mark.slow
def test_steps_make_the_tables_of_one_build(tmp_path: Path) -> None:
    """Three contracts share an operation, one has nothing to do with them."""
    codes = ("a", "b", "c", "z")
    shared = {"operation_code": "op", "partner_code": "etat"}
    tables = {
        "source_documents": LANDED["source_documents"][:1],
        "contracts": [LANDED["contracts"][0] | {"contract_code": code, "label_fr": code} for code in codes],
        "operations": [{"operation_code": "op", "contract_code": "a", "label_fr": "Opération", "status": "programmed"}],
        "financial_lines": [line(f"line_{code}", code, place, **(shared if code < "z" else {})) for place, code in enumerate(codes, 1)],
        "source_mentions": [mention(f"line_{code}", place, place) for place, code in enumerate(codes, 1)],
    }
    found = []
    for name in ("whole", "steps"):
        project = example_project(tmp_path / name)
        for table, given in tables.items():
            write_csv(project / "landing" / table / "shared.csv", given)
        variables = ("--vars", f"{{lines_per_build: {0 if name == 'whole' else 1}}}")
        build(project, *variables)
        steps = 1
        while contracts_waiting(project / "warehouse.duckdb"):
            assert "run dbt build --select int_contracts_stale+ with the same --vars" in state(project)
            build(project, *variables, *NEXT_STEP)
            steps += 1
        assert steps == (1 if name == "whole" else 2)
        assert state(project).startswith("built whole on") and "since then" not in state(project)
        found.append(public_tables(project))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ("{efective_as_of: 2016-12-31}", "'efective_as_of' is none of effective_as_of, known_as_of"),
        ("{known_as_of: 31/12/2016}", "known_as_of is a date such as 2016-12-31, not '31/12/2016'"),
        ("{effective_as_of: '2015-02-29'}", "effective_as_of is a date such as 2016-12-31, not '2015-02-29'"),
        ("{keep_rejects: oui}", "keep_rejects is true or false, not 'oui'"),
        ("{lines_per_build: -1}", "lines_per_build is a whole number, not '-1'"),
    ],
)
def test_malformed_variables_stop_at_the_start(second_project: Path, variables: str, sentence: str) -> None:
    run = run_dbt("build", "--vars", variables, project=second_project)
    assert not run.success
    assert sentence in run.text
