with funds as (
    {{ seed_and_landing('funds') }}
)

select
    trim(fund_code) as fund_code,
    trim(label_fr) as label_fr,
    trim(partner_code) as partner_code,
    landing_file
from funds
