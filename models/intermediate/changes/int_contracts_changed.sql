with contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

cross_total_parts as (
    select * from {{ ref('stg_contracts__cross_total_parts') }}
),

lines as (
    select * from {{ ref('stg_contracts__financial_lines') }}
),

{% if target.type == 'duckdb' -%}
    fingerprints as (
        select * from {{ ref('contract_fingerprints') }}
    ),

    stale as (
        select * from {{ ref('int_contracts_stale') }}
    ),
{%- else -%}
    -- every build works on all contracts there
    fingerprints as (
        select
            contract_code,
            cast(null as {{ dbt.type_string() }}) as fingerprint
        from contracts
    ),

    stale as (
        select contract_code from contracts
        union
        select contract_code from lines
    ),
{%- endif %}

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
            stale.contract_code,
            count(lines.line_code) as line_count
        from stale
        left join lines on stale.contract_code = lines.contract_code
        group by stale.contract_code
    ),

    -- as many stale contracts as the build takes; the others wait for the next one
    counted as (
        select
            contract_code,
            sum(line_count) over (order by contract_code) - line_count as lines_before
        from sized
    ),

    taken_first as (
        select contract_code from counted
        where lines_before < {{ var('lines_per_build') }}
    ),

    operations as (
        select distinct
            operation_code,
            contract_code
        from lines
        where operation_code is not null
    ),

    -- the costs of an operation are those of all its contracts: one that an earlier build took is built once more
    taken as (
        select contract_code from taken_first
        union
        select siblings.contract_code
        from operations
        inner join taken_first on operations.contract_code = taken_first.contract_code
        inner join operations as siblings on operations.operation_code = siblings.operation_code
    ),
{%- else -%}
    taken as (
        select contract_code from stale
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

worked_on as (
    select contract_code from taken
    union
    select contract_code from seeded
    union
    select contract_code from crossings
    union
    select other_contract_code from crossings
)

select
    worked_on.contract_code,
    fingerprints.fingerprint
from worked_on
left join fingerprints on worked_on.contract_code = fingerprints.contract_code
