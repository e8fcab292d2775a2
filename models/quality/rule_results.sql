with results as (
    select * from {{ ref('int_rule_results') }}
),

rules as (
    select * from {{ ref('stg_contracts__consistency_rules') }}
),

accepted as (
    select * from {{ ref('stg_contracts__accepted_contradictions') }}
),

final as (
    select
        results.rule_id,
        results.subject_code,
        results.subject_type,
        results.contract_code as contract_key,
        rules.severity,
        results.status,
        cast(results.expected as varchar) as expected,
        cast(results.found as varchar) as found,
        cast(results.difference as decimal(18, 2)) as difference,
        results.reason,
        accepted.reason as accepted_reason,
        rules.spoiled_marts,
        rules.repaired_by
    from results
    inner join rules on results.rule_id = rules.rule_id
    left join accepted on results.rule_id = accepted.rule_id and results.subject_code = accepted.subject_code
)

select * from final
