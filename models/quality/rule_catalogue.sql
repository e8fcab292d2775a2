with rules as (
    select * from {{ ref('int_rules') }}
),

results as (
    select * from {{ ref('rule_results') }}
),

counted as (
    select
        rule_id,
        sum(row_count) filter (where status = 'pass') as pass_count,
        sum(row_count) filter (where status = 'fail') as fail_count,
        sum(row_count) filter (where status = 'fail' and accepted_reason is not null) as accepted_count,
        sum(row_count) filter (where status = 'not applicable') as not_applicable_count
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
        cast(coalesce(1 + length(rules.spoiled_marts) - length(replace(rules.spoiled_marts, ' ', '')), 0) as bigint) as spoiled_mart_count,
        rules.repaired_by,
        cast(coalesce(counted.pass_count, 0) as bigint) as pass_count,
        cast(coalesce(counted.fail_count, 0) as bigint) as fail_count,
        cast(coalesce(counted.accepted_count, 0) as bigint) as accepted_count,
        cast(coalesce(counted.not_applicable_count, 0) as bigint) as not_applicable_count
    from rules
    left join counted on rules.rule_id = counted.rule_id
)

select * from final
