with contracts as (
    {{ accepted_rows('contracts') }}
)

select
    contract_code,
    label_fr,
    contract_type_code,
    try_cast(signed_on as date) as signed_on,
    try_cast(voted_on as date) as voted_on,
    try_cast(period_start_year as integer) as period_start_year,
    try_cast(period_end_year as integer) as period_end_year,
    territory_code,
    document_code,
    try_cast(line_number as integer) as line_number,
    note,
    landing_file
from contracts
