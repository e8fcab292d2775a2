with funds as (
    {{ seed_and_landing('funds') }}
)

select
    cast(trim(fund_code) as varchar) as fund_code,
    cast(trim(label_fr) as varchar) as label_fr,
    cast(trim(partner_code) as varchar) as partner_code,
    landing_file
from funds
