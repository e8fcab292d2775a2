with indicators as (
    {{ accepted_rows('indicators') }}
)

select
    indicator_code,
    contract_code,
    axis_code,
    line_code,
    label_fr,
    unit,
    try_cast(target_value as decimal(18, 2)) as target_value,
    try_cast(realised_value as decimal(18, 2)) as realised_value,
    try_cast(as_of_date as date) as as_of_date,
    document_code,
    try_cast(line_number as integer) as line_number,
    note,
    landing_file
from indicators
