with partners as (
    {{ seed_and_landing('partners') }}
)

select
    trim(partner_code) as partner_code,
    trim(label_fr) as label_fr,
    trim(short_label) as short_label,
    trim(partner_type_code) as partner_type_code,
    trim(siren) as siren,
    trim(parent_partner_code) as parent_partner_code,
    trim(successor_partner_code) as successor_partner_code,
    landing_file
from partners
