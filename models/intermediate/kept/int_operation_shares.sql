-- kept from build to build: an operation may be funded under several contracts
with funding_rows as (
    select * from {{ ref('int_funding_rows') }}
    where operation_code is not null
)

select
    contract_code,
    operation_code,
    partner_code,
    stage,
    count(*) as row_count,
    cast(sum(amount_eur) as decimal(18, 2)) as amount_eur,
    cast(sum(case when amount_eur is not null then amount_low_eur end) as decimal(18, 2)) as amount_low_eur
from funding_rows
group by contract_code, operation_code, partner_code, stage
