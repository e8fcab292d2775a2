with operations as (
    select distinct on (contract_number, operation) *
    from bench_leaves
    order by contract_number, operation, leaf
)

select
    contract_code || '_o' || lpad(cast(operation + 1 as varchar), 5, '0') as operation_code,
    contract_code,
    contract_code || '_v' || (volet + 1) || '_' || (objective + 1) as axis_code,
    'Opération fictive ' || (operation + 1) as label_fr,
    'bench_owner_' || lpad(cast(owner_number as varchar), 5, '0') as owner_partner_code,
    commune_code as territory_code,
    ['identified', 'programmed', 'started', 'started', 'completed', 'unknown'][drawn('status', contract_number, operation, 6) + 1] as status,
    cast(start_year + drawn('begun', contract_number, operation, 3) as integer) as planned_start_year,
    cast(start_year + 3 + drawn('ended', contract_number, operation, 3) as integer) as planned_end_year,
    cast(null as integer) as actual_start_year,
    cast(null as integer) as actual_end_year,
    cast(null as decimal(5, 2)) as physical_progress_percent,
    -- told once it has begun or ended; the others as their contract is signed
    case
        when status = 'started' then make_date(planned_start_year, 12, 31)
        when status = 'completed' then make_date(planned_end_year, 12, 31)
    end as as_of_date,
    document_code,
    cast(101 + volet * 4000 + (objective + 1) * 1000 + leaf // (volet_count * 3) % 990 as integer) as line_number,
    cast(null as varchar) as note
from operations
order by contract_number, operation
