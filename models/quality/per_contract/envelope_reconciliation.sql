with totals as (
    select * from {{ ref('int_totals_compared') }}
),

accepted as (
    select * from {{ ref('stg_contracts__accepted_contradictions') }}
    where rule_id = 'parts_against_whole'
),

rules as (
    select * from {{ ref('int_rules') }}
    where rule_id = 'parts_against_whole'
),

judged as (
    select
        *,
        case
            when amount_eur is null or quantified_child_count = 0 then 'not_comparable'
            when gap_eur = 0 then 'matched'
            when
                is_within_precision and (breakdown = 'exhaustive' or line_use = 'cross_total' or gap_eur < 0)
                then 'matched_within_precision'
            when gap_eur < 0 then 'over_allocated'
            when breakdown = 'exhaustive' then 'missing_breakdown'
            else 'unallocated_remainder'
        end as verdict
    from totals
),

final as (
    select
        judged.line_code as envelope_key,
        judged.label_fr,
        judged.line_use,
        judged.contract_code as contract_key,
        judged.stage as stage_key,
        judged.breakdown,
        judged.amount_eur as declared_eur,
        judged.amount_low_eur as declared_low_eur,
        judged.amount_high_eur as declared_high_eur,
        judged.children_eur as broken_down_eur,
        judged.children_low_eur as broken_down_low_eur,
        judged.children_high_eur as broken_down_high_eur,
        judged.child_count,
        judged.quantified_child_count,
        judged.gap_eur,
        {{ rate_percent('judged.gap_eur', 'judged.amount_eur') }} as gap_percent,
        cast((judged.amount_high_eur - judged.amount_low_eur + judged.children_high_eur - judged.children_low_eur) * 0.5 as decimal(28, 2))
            as tolerance_eur,
        judged.verdict,
        case
            when judged.amount_eur is null then 'the document prints no amount for the total'
            when judged.child_count = 0 then 'no part of it is declared'
            when judged.quantified_child_count = 0 then 'no part of it has an amount'
            when judged.verdict = 'matched_within_precision' then 'the printed intervals meet'
            when judged.verdict = 'over_allocated' then 'the parts go beyond the total and its printed precision'
            when judged.verdict = 'missing_breakdown' then 'the parts are said to be all, and do not reach the total'
            when judged.verdict = 'unallocated_remainder' then 'the document breaks down a part of it only'
            else 'equal to the cent'
        end as reason,
        accepted.reason as accepted_reason,
        coalesce(judged.document_code, 'unspecified') as document_key,
        judged.document_line_number as line_number,
        case
            when judged.verdict in ('over_allocated', 'missing_breakdown') and judged.line_use = 'counted' then rules.spoiled_marts
        end as spoiled_marts
    from judged
    cross join rules
    left join accepted on judged.line_code = accepted.subject_code
)

select * from final
