select
    partner_code,
    label_fr,
    label_fr as short_label,
    partner_type_code,
    cast(null as varchar) as siren,
    cast(null as varchar) as parent_partner_code,
    cast(null as varchar) as successor_partner_code
from bench_partners
order by partner_code
