-- Where each amount stands and since when it is known.
create or replace temp view bench_documented as
select
    rows.*,
    contracts.contract_code,
    case
        when closing_year is not null then contracts.contract_code || '_rapport_' || (closing_year - start_year)
        when version = 2 then contracts.contract_code || '_avenant'
        else document_code
    end as document_code,
    case
        when closing_year is not null then make_date(closing_year + 1, 3, 1)
        when version = 2 then amended_on
    end as recorded_on
from bench_rows as rows
inner join bench_contracts as contracts on rows.contract_number = contracts.contract_number;
