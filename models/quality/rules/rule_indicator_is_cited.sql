with indicators as (
    select * from {{ ref('stg_contracts__indicators') }}
),

citations as (
    select
        subject_code,
        bool_or(parsed_value is not null) as has_figure,
        list(cast(parsed_value as decimal(18, 2))) as printed_values
    from {{ ref('figure_citations') }}
    where subject_type = 'indicator'
    group by subject_code
),

checked as (
    select
        indicators.*,
        citations.printed_values,
        coalesce(
            list_contains(citations.printed_values, indicators.target_value)
            or list_contains(citations.printed_values, indicators.realised_value),
            false
        ) as is_cited
    from indicators
    left join citations on indicators.indicator_code = citations.subject_code
)

select
    'indicator_is_cited' as rule_id,
    'indicator' as subject_type,
    indicator_code as subject_code,
    contract_code,
    concat_ws(' / ', target_value, realised_value) || ' ' || unit as expected,
    coalesce(cast(printed_values as varchar), 'no mention') as found,
    cast(null as decimal(18, 2)) as difference,
    case when is_cited then 'pass' else 'fail' end as status,
    'the value stands as a printed figure' as reason
from checked
