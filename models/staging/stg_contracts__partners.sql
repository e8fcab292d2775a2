with partners as (
    {{ seed_and_landing('partners') }}
)

select
    cast(trim(partner_code) as varchar) as partner_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(short_label) as varchar) as short_label,
    cast(trim(partner_type_code) as varchar) as partner_type_code,
    cast(trim(siren) as varchar) as siren,
    cast(trim(parent_partner_code) as varchar) as parent_partner_code,
    cast(trim(successor_partner_code) as varchar) as successor_partner_code,
    landing_file
from partners
