with partner_aliases as (
    {{ accepted_rows('partner_aliases') }}
)

select
    printed_name,
    partner_code,
    note,
    landing_file
from partner_aliases
