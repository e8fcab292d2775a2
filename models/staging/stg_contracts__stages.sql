select
    trim(stage_code) as stage_code,
    trim(label_fr) as label_fr,
    trim(label_en) as label_en,
    cast(position as integer) as position
from {{ ref('stages') }}
