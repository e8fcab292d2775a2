with operations as (
    {{ seed_and_landing('operations') }}
)

select
    trim(operation_code) as operation_code,
    trim(contract_code) as contract_code,
    trim(axis_code) as axis_code,
    trim(label_fr) as label_fr,
    trim(owner_partner_code) as owner_partner_code,
    trim(territory_code) as territory_code,
    trim(status) as status,
    cast(planned_start_year as integer) as planned_start_year,
    cast(planned_end_year as integer) as planned_end_year,
    cast(actual_start_year as integer) as actual_start_year,
    cast(actual_end_year as integer) as actual_end_year,
    cast(physical_progress_percent as decimal(5, 2)) as physical_progress_percent,
    cast(as_of_date as date) as as_of_date,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    trim(note) as note,
    landing_file
from operations
