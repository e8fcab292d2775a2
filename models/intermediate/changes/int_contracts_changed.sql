-- depends_on: {{ ref('int_seeds_checked') }}
with contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

cross_total_parts as (
    select * from {{ ref('stg_contracts__cross_total_parts') }}
),

lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
),

-- noted when files of landing/ were new, changed or gone
pending as (
    select contract_code from {{ source('landing_state', 'changed_contracts') }}
),

-- the seeds are few: their contracts belong to every build
seeded as (
    select contract_code from contracts
    where landing_file is null
    union
    select contract_code from lines
    where landing_file is null
),

-- a total that cuts across contracts is compared with parts in other contracts
crossing as (
    select contract_code from lines
    where line_code in (select line_code from cross_total_parts) or line_code in (select part_line_code from cross_total_parts)
),

final as (
    select contract_code from pending
    union
    select contract_code from seeded
    union
    select contract_code from crossing
)

select * from final
