with rules as (
    select * from {{ ref('stg_contracts__consistency_rules') }}
),

results as (
    select * from {{ ref('rule_results') }}
),

counted as (
    select
        rule_id,
        count(*) filter (where status = 'pass') as pass_count,
        count(*) filter (where status = 'fail') as fail_count,
        count(*) filter (where status = 'fail' and accepted_reason is not null) as accepted_count,
        count(*) filter (where status = 'not applicable') as not_applicable_count
    from results
    group by rule_id
),

final as (
    select
        rules.rule_id,
        rules.severity,
        rules.sentence_en,
        rules.sentence_fr,
        rules.spoiled_marts,
        coalesce(len(string_split(rules.spoiled_marts, ' ')), 0) as spoiled_mart_count,
        rules.repaired_by,
        coalesce(counted.pass_count, 0) as pass_count,
        coalesce(counted.fail_count, 0) as fail_count,
        coalesce(counted.accepted_count, 0) as accepted_count,
        coalesce(counted.not_applicable_count, 0) as not_applicable_count
    from rules
    left join counted on rules.rule_id = counted.rule_id
)

select * from final
