with contracts as (
    {{ seed_and_landing('contracts') }}
)

select
    contract_code,
    label_fr,
    contract_type_code,
    cast(signed_on as date) as signed_on,
    cast(voted_on as date) as voted_on,
    cast(period_start_year as integer) as period_start_year,
    cast(period_end_year as integer) as period_end_year,
    territory_code,
    document_code,
    cast(line_number as integer) as line_number,
    note,
    landing_file
from contracts
