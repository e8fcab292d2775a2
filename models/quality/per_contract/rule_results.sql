-- sets of rules apart: a database holds the hash tables of one statement at a time
with results as (
    {% for subject in [
        'axes', 'figures', 'funders_and_places', 'lines', 'operations_and_indicators', 'parts', 'progress_and_shares', 'totals', 'versions',
    ] %}
        select * from {{ ref('int_results_on_' ~ subject) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

rules as (
    select * from {{ ref('int_rules') }}
),

accepted as (
    select * from {{ ref('stg_contracts__accepted_contradictions') }}
),

-- a contract that this build does not work on keeps its results
final as (
    select
        results.rule_id,
        results.subject_code,
        results.subject_type,
        results.contract_code as contract_key,
        rules.severity,
        results.status,
        cast(results.row_count as bigint) as row_count,
        results.expected,
        results.found,
        cast(results.difference as decimal(28, 2)) as difference,
        results.reason,
        accepted.reason as accepted_reason,
        rules.spoiled_marts,
        rules.repaired_by
    from results
    inner join rules on results.rule_id = rules.rule_id
    left join changed on results.contract_code = changed.contract_code
    left join accepted
        on
            results.rule_id = accepted.rule_id
            and case when results.status = 'fail' then results.subject_code end = accepted.subject_code
    where
        results.contract_code is null
        or changed.contract_code is not null
)

select * from final
