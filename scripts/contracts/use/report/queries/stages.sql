-- The stages, in order.
select
    stage_key,
    label_fr,
    label_en
from star.dim_stage
order by position
