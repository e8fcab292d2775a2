with partner_aliases as (
    {{ seed_and_landing('partner_aliases') }}
)

select
    printed_name,
    partner_code,
    note,
    landing_file
from partner_aliases
