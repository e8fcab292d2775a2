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

-- an amendment may lengthen the contract that it amends
amendments as (
    select * from {{ ref('stg_contracts__contract_relations') }}
    where relation = 'amends'
),

-- noted when files of landing/ were new, changed or gone
pending as (
    select contract_code from {{ source('landing_state', 'changed_contracts') }}
),

-- noted when lines that named them changed or went
named_before as (
    select * from {{ source('landing_state', 'changed_operations') }}
),

-- the seeds are few: their contracts belong to every build
seeded as (
    select contract_code from contracts
    where landing_file is null
    union
    select contract_code from lines
    where landing_file is null
),

{% if var('lines_per_build') -%}
    sized as (
        select
            pending.contract_code,
            count(lines.line_code) as line_count
        from pending
        left join lines on pending.contract_code = lines.contract_code
        group by pending.contract_code
    ),

    -- as many pending contracts as the build takes; the others wait for the next one
    taken as (
        select
            contract_code,
            sum(line_count) over (order by contract_code) - line_count as lines_before
        from sized
    ),
{%- else -%}
    taken as (
        select
            contract_code,
            0 as lines_before
        from pending
    ),
{%- endif %}

-- a total that cuts across contracts is compared with parts in other contracts
crossing_codes as (
    select line_code from cross_total_parts
    union
    select part_line_code as line_code from cross_total_parts
),

crossing_lines as (
    select distinct
        lines.line_code,
        lines.contract_code
    from lines
    inner join crossing_codes on lines.line_code = crossing_codes.line_code
),

crossings as (
    select
        totals.contract_code,
        parts.contract_code as other_contract_code
    from cross_total_parts
    inner join crossing_lines as totals on cross_total_parts.line_code = totals.line_code
    inner join crossing_lines as parts on cross_total_parts.part_line_code = parts.line_code
    where totals.contract_code <> parts.contract_code
),

-- a percentage is compared with the cost of its operation, which may stand in another contract, or have stood there
costs as (
    select distinct
        contract_code,
        operation_code
    from lines
    where line_use = 'cost' and operation_code is not null
),

percentages as (
    select distinct lines.contract_code
    from lines
    inner join costs on lines.operation_code = costs.operation_code
    where lines.share_percent is not null and lines.contract_code <> costs.contract_code
    union
    select lines.contract_code
    from lines
    inner join named_before on lines.operation_code = named_before.operation_code
    where
        lines.share_percent is not null
        and named_before.line_use = 'cost'
        and lines.contract_code <> named_before.contract_code
),

final as (
    select contract_code from taken
    where lines_before < {{ var('lines_per_build') or 1 }}
    union
    select contract_code from seeded
    union
    select amendments.to_contract_code
    from amendments
    inner join taken on amendments.from_contract_code = taken.contract_code
    where taken.lines_before < {{ var('lines_per_build') or 1 }}
    union
    select contract_code from crossings
    union
    select other_contract_code from crossings
    union
    select contract_code from percentages
)

select * from final
