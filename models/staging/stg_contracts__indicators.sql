with indicators as (
    {{ seed_and_landing('indicators') }}
)

select
    trim(indicator_code) as indicator_code,
    trim(contract_code) as contract_code,
    trim(axis_code) as axis_code,
    trim(line_code) as line_code,
    trim(label_fr) as label_fr,
    trim(unit) as unit,
    cast(target_value as decimal(18, 2)) as target_value,
    cast(realised_value as decimal(18, 2)) as realised_value,
    cast(as_of_date as date) as as_of_date,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    trim(note) as note,
    landing_file
from indicators
