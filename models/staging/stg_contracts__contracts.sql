with contracts as (
    {{ seed_and_landing('contracts') }}
)

select
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(contract_type_code) as varchar) as contract_type_code,
    cast(signed_on as date) as signed_on,
    cast(voted_on as date) as voted_on,
    cast(period_start_year as integer) as period_start_year,
    cast(period_end_year as integer) as period_end_year,
    cast(trim(territory_code) as varchar) as territory_code,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    cast(trim(note) as varchar) as note,
    landing_file
from contracts
