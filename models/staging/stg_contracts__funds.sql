with funds as (
    {{ accepted_rows('funds') }}
)

select
    fund_code,
    label_fr,
    partner_code,
    landing_file
from funds
