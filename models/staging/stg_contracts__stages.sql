with stages as (
    {{ accepted_rows('stages') }}
)

select
    stage_code,
    label_fr,
    label_en,
    try_cast(position as integer) as position
from stages
