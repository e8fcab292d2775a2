-- figures and what they are about belong together: landed lines, indicators and mentions
with mentions as (
    {{ text_rows('source_mentions') }}
),

lines as (
    {{ text_rows('financial_lines') }}
),

indicators as (
    {{ text_rows('indicators') }}
),

versions as (
    select distinct
        line_code,
        recorded_on
    from lines
),

stated as (
    select distinct
        subject_code,
        subject_recorded_on
    from mentions
    where subject_type = 'financial_line' and role in ('states', 'revises')
),

-- a version without a figure is a line that its document only names
silent_lines as (
    select lines.*
    from lines
    left join stated
        on lines.line_code = stated.subject_code and lines.recorded_on is not distinct from stated.subject_recorded_on
    where
        lines.landing_file is not null
        and lines.amount_status = 'printed'
        and coalesce(lower(lines.is_withdrawn), 'false') = 'false'
        and stated.subject_code is null
),

silent_indicators as (
    select * from indicators
    where
        landing_file is not null
        and indicator_code not in (
            select mentions.subject_code from mentions
            where mentions.subject_type = 'indicator' and mentions.subject_code is not null
        )
),

mentions_of_nothing as (
    select
        mentions.*,
        case
            when mentions.subject_type = 'indicator' then 'is no indicator of indicators'
            else 'is no line of financial_lines known at subject_recorded_on'
        end as wrong
    from mentions
    left join versions
        on
            mentions.subject_type = 'financial_line'
            and mentions.subject_code = versions.line_code
            and mentions.subject_recorded_on is not distinct from versions.recorded_on
    left join indicators
        on mentions.subject_type = 'indicator' and mentions.subject_code = indicators.indicator_code
    where
        mentions.landing_file is not null
        and mentions.subject_type in ('financial_line', 'indicator')
        and versions.line_code is null
        and indicators.indicator_code is null
),

codes as (
    select
        line_code,
        min(contract_code) as first_contract,
        max(contract_code) as last_contract,
        min(contract_code) filter (where landing_file is null) as first_seed_contract,
        max(contract_code) filter (where landing_file is null) as last_seed_contract
    from lines
    group by line_code
),

-- the marts of two contracts would hold the same line; a row of the seeds is not wrong because of a landed one
torn_lines as (
    select lines.*
    from lines
    inner join codes on lines.line_code = codes.line_code
    where
        case
            when lines.landing_file is null then codes.first_seed_contract <> codes.last_seed_contract
            when codes.first_seed_contract is null then codes.first_contract <> codes.last_contract
            else lines.contract_code <> codes.first_seed_contract
        end
),

strangers as (
    {% for column in ['parent_line_code', 'progress_of_line_code', 'bound_line_code'] -%}
        select
            lines.*,
            '{{ column }}' as naming_column,
            lines.{{ column }} as named_code
        from lines
        inner join codes on lines.{{ column }} = codes.line_code
        where lines.contract_code <> coalesce(codes.first_seed_contract, codes.first_contract)
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        {{ rejected_row('financial_lines') }},
        'line_code' as column_name,
        'figure' as rule,
        line_code as value_found,
        '''' || line_code || ''' is printed, and no readable row of source_mentions states it' as reason
    from silent_lines
    union all
    select
        {{ rejected_row('indicators') }},
        'indicator_code' as column_name,
        'figure' as rule,
        indicator_code as value_found,
        '''' || indicator_code || ''' has no readable row of source_mentions' as reason
    from silent_indicators
    union all
    select
        {{ rejected_row('source_mentions') }},
        'subject_code' as column_name,
        'subject' as rule,
        subject_code as value_found,
        '''' || coalesce(subject_code, '') || ''' ' || wrong as reason
    from mentions_of_nothing
    union all
    select
        {{ rejected_row('financial_lines') }},
        'contract_code' as column_name,
        'two_contracts' as rule,
        contract_code as value_found,
        '''' || line_code || ''' has versions in two contracts' as reason
    from torn_lines
    union all
    select
        {{ rejected_row('financial_lines') }},
        naming_column as column_name,
        'other_contract' as rule,
        named_code as value_found,
        '''' || named_code || ''' is a line of another contract' as reason
    from strangers
)

select * from final
