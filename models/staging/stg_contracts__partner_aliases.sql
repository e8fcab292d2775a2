with partner_aliases as (
    {{ seed_and_landing('partner_aliases') }}
)

select
    trim(printed_name) as printed_name,
    trim(partner_code) as partner_code,
    trim(note) as note,
    landing_file
from partner_aliases
