with operations as (
    {{ seed_and_landing('operations') }}
)

select
    cast(trim(operation_code) as varchar) as operation_code,
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(axis_code) as varchar) as axis_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(owner_partner_code) as varchar) as owner_partner_code,
    cast(trim(territory_code) as varchar) as territory_code,
    cast(trim(status) as varchar) as status,
    cast(planned_start_year as integer) as planned_start_year,
    cast(planned_end_year as integer) as planned_end_year,
    cast(actual_start_year as integer) as actual_start_year,
    cast(actual_end_year as integer) as actual_end_year,
    cast(physical_progress_percent as decimal(5, 2)) as physical_progress_percent,
    cast(as_of_date as date) as as_of_date,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    cast(trim(note) as varchar) as note,
    landing_file
from operations
