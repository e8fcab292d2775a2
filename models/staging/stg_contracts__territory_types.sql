with territory_types as (
    {{ accepted_rows('territory_types') }}
)

select
    territory_type_code,
    label_fr,
    label_en
from territory_types
