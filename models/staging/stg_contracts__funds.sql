with funds as (
    {{ seed_and_landing('funds') }}
)

select
    fund_code,
    label_fr,
    partner_code,
    landing_file
from funds
