select
    cast(trim(stage_code) as varchar) as stage_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(label_en) as varchar) as label_en,
    cast(position as integer) as position
from {{ ref('stages') }}
