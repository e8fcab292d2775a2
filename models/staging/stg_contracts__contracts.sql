with contracts as (
    {{ seed_and_landing('contracts') }}
)

select
    trim(contract_code) as contract_code,
    trim(label_fr) as label_fr,
    trim(contract_type_code) as contract_type_code,
    cast(signed_on as date) as signed_on,
    cast(voted_on as date) as voted_on,
    cast(period_start_year as integer) as period_start_year,
    cast(period_end_year as integer) as period_end_year,
    trim(territory_code) as territory_code,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    trim(note) as note,
    landing_file
from contracts
