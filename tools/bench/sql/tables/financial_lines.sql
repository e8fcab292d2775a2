select
    rows.line_code,
    rows.label_fr,
    rows.line_use,
    rows.parent_line_code,
    case when rows.parent_line_code is not null then 'printed' end as parent_basis,
    cast(null as varchar) as possible_parent_code,
    cast(null as varchar) as progress_of_line_code,
    cast(null as varchar) as bound_line_code,
    cast(null as varchar) as bound_relation,
    rows.breakdown,
    contracts.contract_code,
    rows.axis_code,
    cast(null as varchar) as theme_code,
    contracts.funders[rows.funder + 1] as partner_code,
    case when rows.owner_number is not null then 'bench_owner_' || lpad(cast(rows.owner_number as varchar), 5, '0') end as beneficiary_partner_code,
    rows.fund_code,
    rows.operation_code,
    rows.territory_code,
    cast(null as varchar) as territory_relation,
    rows.stage,
    case
        when rows.line_use <> 'counted' then 'unknown'
        when rows.funder = 6 then 'loan'
        -- the total of a contract with a lender holds grants and loans
        when rows.funder < 0 and contracts.funder_count = 7 then 'unknown'
        else 'grant'
    end as instrument,
    case when rows.line_use = 'counted' then 'contractualised' else 'unknown' end as credit_nature,
    euros(rows.cents) as amount_eur,
    cast(null as decimal(18, 2)) as amount_low_eur,
    cast(null as decimal(18, 2)) as amount_high_eur,
    case when rows.cents is not null then rows.qualifier end as qualifier,
    case when rows.cents is null then 'not_printed' else 'printed' end as amount_status,
    cast(null as decimal(5, 2)) as share_percent,
    cast(contracts.start_year + rows.own_period as integer) as period_start_year,
    cast(contracts.start_year + rows.own_period + rows.year_count - 1 as integer) as period_end_year,
    cast(null as varchar) as period_status,
    case when rows.year_count is null then 'total' else 'per_year' end as period_basis,
    cast(rows.year_count as integer) as year_count,
    case when rows.as_of_date is null then 'flow' else 'cumulative' end as measure_basis,
    rows.as_of_date,
    case when rows.version = 2 then contracts.amended_on end as effective_on,
    rows.recorded_on,
    rows.is_withdrawn,
    cast(null as varchar) as inferred_columns,
    case when rows.cents is null then rows.document_code end as document_code,
    cast(case when rows.cents is null then rows.line_number end as integer) as line_number,
    cast(null as varchar) as note
from bench_documented as rows
inner join bench_contracts as contracts on rows.contract_number = contracts.contract_number
order by rows.contract_number, rows.place, rows.version
