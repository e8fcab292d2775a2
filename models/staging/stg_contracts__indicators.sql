with indicators as (
    {{ seed_and_landing('indicators') }}
)

select
    indicator_code,
    contract_code,
    axis_code,
    line_code,
    label_fr,
    unit,
    cast(target_value as decimal(18, 2)) as target_value,
    cast(realised_value as decimal(18, 2)) as realised_value,
    cast(as_of_date as date) as as_of_date,
    document_code,
    cast(line_number as integer) as line_number,
    note,
    landing_file
from indicators
