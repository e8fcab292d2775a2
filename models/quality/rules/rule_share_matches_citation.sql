with lines as (
    select * from {{ ref('int_lines_declared') }}
    where share_percent is not null
),

figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and is_percent
),

printed as (
    select
        lines.line_code || coalesce(' @ ' || lines.recorded_on, '') as subject_code,
        lines.contract_code,
        lines.share_percent,
        list(cast(figures.parsed_value as decimal(18, 2))) filter (where figures.parsed_value is not null) as printed_percents
    from lines
    left join figures on lines.line_code = figures.subject_code
    group by lines.line_code, lines.recorded_on, lines.contract_code, lines.share_percent
)

select
    'share_matches_citation' as rule_id,
    'financial_line' as subject_type,
    subject_code,
    contract_code,
    coalesce(cast(printed_percents as varchar), 'a printed percentage') as expected,
    share_percent || ' %' as found,
    cast(null as decimal(18, 2)) as difference,
    case when coalesce(list_contains(printed_percents, cast(share_percent as decimal(18, 2))), false) then 'pass' else 'fail' end as status,
    'the percentage typed in the line against the printed one' as reason
from printed
