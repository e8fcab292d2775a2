-- figures and what they are about belong together: landed lines, indicators and mentions
with all_mentions as (
    {{ text_rows('source_mentions') }}
),

-- a condition on the kind of subject beside the codes would compare each mention with each line
mentions as (
    select
        *,
        case when subject_type = 'financial_line' then subject_code end as subject_line_code,
        case when subject_type = 'indicator' then subject_code end as subject_indicator_code
    from all_mentions
),

lines as (
    {{ text_rows('financial_lines') }}
),

indicators as (
    {{ text_rows('indicators') }}
),

stated as (
    select * from mentions
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
    left join lines
        on mentions.subject_line_code = lines.line_code and mentions.subject_recorded_on is not distinct from lines.recorded_on
    left join indicators on mentions.subject_indicator_code = indicators.indicator_code
    where
        mentions.landing_file is not null
        and mentions.subject_type in ('financial_line', 'indicator')
        and lines.line_code is null
        and indicators.indicator_code is null
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
)

select * from final
