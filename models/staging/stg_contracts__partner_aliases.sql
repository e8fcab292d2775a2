with partner_aliases as (
    {{ seed_and_landing('partner_aliases') }}
)

select
    cast(trim(printed_name) as varchar) as printed_name,
    cast(trim(partner_code) as varchar) as partner_code,
    cast(trim(note) as varchar) as note,
    landing_file
from partner_aliases
