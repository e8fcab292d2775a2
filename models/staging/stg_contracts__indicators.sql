with indicators as (
    {{ seed_and_landing('indicators') }}
)

select
    cast(trim(indicator_code) as varchar) as indicator_code,
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(axis_code) as varchar) as axis_code,
    cast(trim(line_code) as varchar) as line_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(unit) as varchar) as unit,
    cast(target_value as decimal(18, 2)) as target_value,
    cast(realised_value as decimal(18, 2)) as realised_value,
    cast(as_of_date as date) as as_of_date,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    cast(trim(note) as varchar) as note,
    landing_file
from indicators
