with failures as (
    select * from {{ ref('int_rule_failures') }}
),

counts as (
    select * from {{ ref('int_rule_counts') }}
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

rules as (
    select * from {{ ref('stg_contracts__consistency_rules') }}
),

accepted as (
    select * from {{ ref('stg_contracts__accepted_contradictions') }}
),

results as (
    select
        failures.rule_id,
        failures.subject_code,
        failures.subject_type,
        failures.contract_code,
        failures.status,
        1 as row_count,
        failures.expected,
        failures.found,
        failures.difference,
        failures.reason,
        accepted.reason as accepted_reason
    from failures
    left join accepted on failures.rule_id = accepted.rule_id and failures.subject_code = accepted.subject_code
    union all
    select
        rule_id,
        coalesce(contract_code, 'any') as subject_code,
        case when contract_code is null then 'whole table' else 'contract' end as subject_type,
        contract_code,
        status,
        row_count,
        null as expected,
        null as found,
        null as difference,
        null as reason,
        null as accepted_reason
    from counts
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
        cast(results.difference as decimal(18, 2)) as difference,
        results.reason,
        results.accepted_reason,
        rules.spoiled_marts,
        rules.repaired_by
    from results
    inner join rules on results.rule_id = rules.rule_id
    left join changed on results.contract_code = changed.contract_code
    where
        results.contract_code is null
        or changed.contract_code is not null
        or {{ is_rule_of_every_build('results.rule_id') }}
)

select * from final
