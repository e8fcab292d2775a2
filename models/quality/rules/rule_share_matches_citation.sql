with lines as (
    select * from {{ ref('int_lines_of_changed_contracts') }}
    where share_percent is not null
),

figures as (
    select
        subject_code,
        cast(parsed_value as decimal(18, 2)) as printed_percent
    from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and is_percent
),

printed as (
    select
        lines.line_code,
        lines.recorded_on,
        lines.contract_code,
        lines.share_percent,
        {{ joined_texts('cast(figures.printed_percent as ' ~ dbt.type_string() ~ ')', ' · ', distinct=true) }} as printed_percents,
        coalesce(bool_or(figures.printed_percent = lines.share_percent), false) as is_printed
    from lines
    left join figures on lines.line_code = figures.subject_code
    group by lines.line_code, lines.recorded_on, lines.contract_code, lines.share_percent
)

select
    'financial_line' as subject_type,
    line_code || coalesce(' @ ' || recorded_on, '') as subject_code,
    contract_code,
    coalesce(printed_percents || ' %', 'a printed percentage') as expected,
    share_percent || ' %' as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_printed then 'pass' else 'fail' end as status,
    'the percentage typed in the line against the printed one' as reason
from printed
