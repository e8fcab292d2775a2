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
crossings as (
    select
        totals.contract_code,
        parts.contract_code as other_contract_code
    from cross_total_parts
    inner join lines as totals on cross_total_parts.line_code = totals.line_code
    inner join lines as parts on cross_total_parts.part_line_code = parts.line_code
    where totals.contract_code <> parts.contract_code
),

final as (
    select contract_code from pending
    union
    select contract_code from seeded
    union
    select contract_code from crossings
    union
    select other_contract_code from crossings
)

select * from final
