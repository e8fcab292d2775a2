with partners as (
    {{ accepted_rows('partners') }}
)

select
    partner_code,
    label_fr,
    short_label,
    partner_type_code,
    siren,
    parent_partner_code,
    successor_partner_code,
    landing_file
from partners
