"""The marts rebuilt as they stood, on the real figures."""

from decimal import Decimal
from pathlib import Path

import pytest

from contracts.common.project import open_warehouse, run_dbt


@pytest.mark.slow
def test_the_plan_contract_as_known_at_the_end_of_2016(empty_copy: Path) -> None:
    clocks = "{effective_as_of: '2016-12-31', known_as_of: '2016-12-31'}"
    run = run_dbt("build", "--vars", clocks, project=empty_copy)
    assert run.success, run.text
    with open_warehouse(empty_copy / "warehouse.duckdb") as connection:
        total = "select contracted_eur, unallocated_contracted_eur from marts.funding_by_contract where contract_key = ?"
        # 2 000 less 750, 75, 2 × 37.5 and 43.35 under the total, and the State's 545
        assert connection.execute(total, ["cper_npdc_2015_2020"]).fetchone() == (Decimal("2000000000.00"), Decimal("1601650000.00"))
        assert connection.execute(total, ["cdt_calaisis"]).fetchone() == (None, None), "its documents were not published yet"
        later = connection.execute("select count(*) from star.fct_funding where recorded_on > date '2016-12-31'").fetchone()
        assert later == (0,)
