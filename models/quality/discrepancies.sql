with results as (
    select * from {{ ref('rule_results') }}
    where status = 'fail'
),

rules as (
    select * from {{ ref('rule_catalogue') }}
),

final as (
    select
        results.rule_id || ':' || results.subject_type || ':' || results.subject_code as discrepancy_key,
        results.rule_id,
        results.subject_type,
        results.subject_code,
        results.contract_key,
        results.severity,
        rules.sentence_en,
        rules.sentence_fr,
        results.expected,
        results.found,
        results.difference,
        results.reason,
        results.accepted_reason,
        results.spoiled_marts,
        rules.spoiled_mart_count,
        results.repaired_by
    from results
    inner join rules on results.rule_id = rules.rule_id
)

select * from final
