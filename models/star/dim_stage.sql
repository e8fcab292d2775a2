with stages as (
    select * from {{ ref('stg_contracts__stages') }}
)

select
    stage_code as stage_key,
    label_fr,
    label_en,
    position
from stages
