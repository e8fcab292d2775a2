with axes as (
    {{ accepted_rows('axes') }}
)

select
    axis_code,
    contract_code,
    parent_axis_code,
    try_cast(level as integer) as level,
    level_label_fr,
    try_cast(position as integer) as position,
    label_fr,
    theme_code,
    document_code,
    try_cast(line_number as integer) as line_number,
    landing_file
from axes
