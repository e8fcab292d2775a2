with axes as (
    {{ seed_and_landing('axes') }}
)

select
    axis_code,
    contract_code,
    parent_axis_code,
    cast(level as integer) as level,
    level_label_fr,
    cast(position as integer) as position,
    label_fr,
    theme_code,
    document_code,
    cast(line_number as integer) as line_number,
    landing_file
from axes
