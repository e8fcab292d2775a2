with partner_types as (
    {{ accepted_rows('partner_types') }}
)

select
    partner_type_code,
    label_fr,
    label_en
from partner_types
