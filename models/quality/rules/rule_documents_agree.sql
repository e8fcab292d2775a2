with figures as (
    select * from {{ ref('int_figures_parsed') }}
),

citations as (
    select * from {{ ref('figure_citations') }}
),

disputed as (
    select distinct
        subject_type,
        subject_code
    from citations
    where not figures_agree
),

compared as (
    select
        figures.*,
        disputed.subject_code is null as figures_agree
    from figures
    left join disputed on figures.subject_type = disputed.subject_type and figures.subject_code = disputed.subject_code
    where
        figures.subject_type <> 'none' and figures.role <> 'context' and figures.parsed_value is not null
        and not (figures.is_percent and figures.subject_type = 'financial_line')
),

subjects as (
    select
        subject_type,
        subject_code,
        contract_code,
        figures_agree,
        count(*) as figure_count,
        max(parsed_value) - min(parsed_value) as spread
    from compared
    group by subject_type, subject_code, contract_code, figures_agree
    having count(*) > 1
),

disputes as (
    select
        subject_type,
        subject_code,
        {{ joined_texts(
            "printed_figure || ' (' || document_code || ':' || line_number || ')'", ' · ', distinct=true
        ) }} as figures
    from compared
    where not figures_agree
    group by subject_type, subject_code
)

select
    'figure' as subject_type,
    subjects.subject_code,
    subjects.contract_code,
    'figures whose intervals meet' as expected,
    disputes.figures as found,
    cast(subjects.spread as decimal(28, 2)) as difference,
    case when subjects.figures_agree then 'pass' else 'fail' end as status,
    subjects.figure_count || ' printed figures of one ' || subjects.subject_type as reason
from subjects
left join disputes on subjects.subject_type = disputes.subject_type and subjects.subject_code = disputes.subject_code
