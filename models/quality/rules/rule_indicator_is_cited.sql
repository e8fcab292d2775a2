with indicators as (
    select indicators.*
    from {{ ref('stg_contracts__indicators') }} as indicators
    inner join {{ ref('int_contracts_changed') }} as changed on indicators.contract_code = changed.contract_code
),

citations as (
    select
        subject_code,
        cast(parsed_value as decimal(18, 2)) as printed_value,
        document_key,
        line_number,
        position('%' in concat_ws(' ', printed_figure, printed_unit)) > 0 as is_percent
    from {{ ref('figure_citations') }}
    where subject_type = 'indicator'
),

-- one printed target can be that of several indicators of a contract
contract_values as (
    select distinct
        indicators.contract_code,
        citations.printed_value
    from indicators
    inner join citations on indicators.indicator_code = citations.subject_code
),

-- what is printed about the indicator itself
cited as (
    select
        indicators.indicator_code,
        {{ joined_texts('cast(citations.printed_value as ' ~ dbt.type_string() ~ ')', ' · ', distinct=true) }} as printed_values,
        coalesce(bool_or(citations.printed_value in (indicators.target_value, indicators.realised_value)), false) as has_own_value,
        coalesce(
            bool_or(citations.document_key = indicators.document_code and citations.line_number = indicators.line_number), true
        ) as is_on_its_line,
        bool_or(citations.is_percent) as is_percent
    from indicators
    inner join citations on indicators.indicator_code = citations.subject_code
    group by indicators.indicator_code
),

checked as (
    select
        indicators.*,
        cited.printed_values,
        case
            when cited.indicator_code is null then 'no mention'
            when coalesce(indicators.target_value, indicators.realised_value) is null then 'no value'
            when indicators.target_value is not null and targets.printed_value is null then 'the target is not printed'
            when indicators.realised_value is not null and reached.printed_value is null then 'the reached value is not printed'
            when not cited.has_own_value then 'no value of its own'
            when not cited.is_on_its_line then 'no mention at ' || indicators.document_code || ':' || indicators.line_number
            when cited.is_percent <> (position('%' in indicators.unit) > 0) then 'a percentage on one side only'
        end as defect
    from indicators
    left join cited on indicators.indicator_code = cited.indicator_code
    left join contract_values as targets
        on indicators.contract_code = targets.contract_code and indicators.target_value = targets.printed_value
    left join contract_values as reached
        on indicators.contract_code = reached.contract_code and indicators.realised_value = reached.printed_value
)

select
    'indicator' as subject_type,
    indicator_code as subject_code,
    contract_code,
    concat_ws(' / ', target_value, realised_value) || ' ' || unit as expected,
    concat_ws(': ', defect, printed_values) as found,
    cast(null as decimal(28, 2)) as difference,
    case when defect is null then 'pass' else 'fail' end as status,
    'the values stand as printed figures, one of them on the line that the indicator gives, in percent where it is' as reason
from checked
