with axes as (
    {{ seed_and_landing('axes') }}
)

select
    trim(axis_code) as axis_code,
    trim(contract_code) as contract_code,
    trim(parent_axis_code) as parent_axis_code,
    cast(level as integer) as level,
    trim(level_label_fr) as level_label_fr,
    cast(position as integer) as position,
    trim(label_fr) as label_fr,
    trim(theme_code) as theme_code,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from axes
