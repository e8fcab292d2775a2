with indicators as (
    select * from {{ ref('stg_contracts__indicators') }}
),

citations as (
    select
        subject_code,
        list(cast(parsed_value as decimal(18, 2))) as printed_values,
        list(document_key || ':' || line_number) as places,
        bool_or(contains(concat_ws(' ', printed_figure, printed_unit), '%')) as is_percent
    from {{ ref('figure_citations') }}
    where subject_type = 'indicator'
    group by subject_code
),

-- one printed target can be that of several indicators of a contract
contract_values as (
    select
        indicators.contract_code,
        list_distinct(flatten(list(citations.printed_values))) as printed_values
    from indicators
    inner join citations on indicators.indicator_code = citations.subject_code
    group by indicators.contract_code
),

checked as (
    select
        indicators.*,
        citations.printed_values,
        case
            when citations.subject_code is null then 'no mention'
            when coalesce(indicators.target_value, indicators.realised_value) is null then 'no value'
            when not list_contains(contract_values.printed_values, indicators.target_value) then 'the target is not printed'
            when not list_contains(contract_values.printed_values, indicators.realised_value) then 'the reached value is not printed'
            when not list_has_any(citations.printed_values, [indicators.target_value, indicators.realised_value]) then 'no value of its own'
            when not list_contains(citations.places, indicators.document_code || ':' || indicators.line_number)
                then 'no mention at ' || indicators.document_code || ':' || indicators.line_number
            when citations.is_percent <> contains(indicators.unit, '%') then 'a percentage on one side only'
        end as defect
    from indicators
    left join citations on indicators.indicator_code = citations.subject_code
    left join contract_values on indicators.contract_code = contract_values.contract_code
)

select
    'indicator_is_cited' as rule_id,
    'indicator' as subject_type,
    indicator_code as subject_code,
    contract_code,
    concat_ws(' / ', target_value, realised_value) || ' ' || unit as expected,
    concat_ws(': ', defect, cast(printed_values as varchar)) as found,
    cast(null as decimal(18, 2)) as difference,
    case when defect is null then 'pass' else 'fail' end as status,
    'the values stand as printed figures, one of them on the line that the indicator gives, in percent where it is' as reason
from checked
