with second_reading as (
    {{ accepted_rows('second_reading') }}
)

select
    document_code,
    try_cast(line_number as integer) as line_number,
    locator,
    printed_figure,
    printed_unit,
    qualifier,
    basis,
    line_use,
    try_cast(amount_eur as decimal(18, 2)) as amount_eur,
    try_cast(share_percent as decimal(5, 2)) as share_percent,
    contract_code,
    operation_code,
    axis_code,
    funder_code,
    territory_code,
    try_cast(period_start_year as integer) as period_start_year,
    try_cast(period_end_year as integer) as period_end_year,
    stage,
    status,
    note,
    landing_file
from second_reading
