-- a total that is said to be broken down whole and lost a part would stop the build as a contradiction of its document
with lines as (
    {{ text_rows('financial_lines') }}
),

accepted as (
    {{ text_rows('accepted_contradictions') }}
),

rejected as (
    select distinct
        landing_file,
        row_number
    from {{ ref('rejects') }}
    where table_name = 'financial_lines' and landing_file is not null and rule <> 'key_again'
),

parts as (
    select lines.*
    from lines
    inner join rejected on lines.landing_file = rejected.landing_file and lines.row_number = rejected.row_number
),

totals as (
    select lines.*
    from lines
    left join rejected on lines.landing_file = rejected.landing_file and lines.row_number = rejected.row_number
    left join accepted on accepted.rule_id = 'parts_against_whole' and lines.line_code = accepted.subject_code
    where lines.breakdown = 'exhaustive' and rejected.row_number is null and accepted.subject_code is null
)

select
    'parts_against_whole' as rule_id,
    totals.line_code as subject_code,
    count(distinct parts.line_code) || ' of its parts were put aside as broken rows, see quality.rejects' as reason,
    min(parts.landing_file) as landing_file
from totals
inner join parts on totals.line_code = parts.parent_line_code
group by totals.line_code
