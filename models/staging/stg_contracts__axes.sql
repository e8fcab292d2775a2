with axes as (
    {{ seed_and_landing('axes') }}
)

select
    cast(trim(axis_code) as varchar) as axis_code,
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(parent_axis_code) as varchar) as parent_axis_code,
    cast(level as integer) as level,
    cast(trim(level_label_fr) as varchar) as level_label_fr,
    cast(position as integer) as position,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(theme_code) as varchar) as theme_code,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from axes
