with operations as (
    {{ accepted_rows('operations') }}
)

select
    operation_code,
    contract_code,
    axis_code,
    label_fr,
    owner_partner_code,
    territory_code,
    status,
    try_cast(planned_start_year as integer) as planned_start_year,
    try_cast(planned_end_year as integer) as planned_end_year,
    try_cast(actual_start_year as integer) as actual_start_year,
    try_cast(actual_end_year as integer) as actual_end_year,
    try_cast(physical_progress_percent as decimal(5, 2)) as physical_progress_percent,
    try_cast(as_of_date as date) as as_of_date,
    document_code,
    try_cast(line_number as integer) as line_number,
    note,
    landing_file
from operations
