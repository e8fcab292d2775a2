-- On which figures do the documents disagree?
-- All the figures printed about one subject, where at least two of them cannot both be true: their intervals do not meet.
-- Low and high are what the printed digits and words allow: "4,5 Md" lies between 4.45 and 4.55 billion. Null high: "more than", no limit.
-- Line is the line of the document's text. Versions of one amount that follow each other in time are no disagreement: see the history of
-- the totals. A figure recorded only as context is left out.
with citations as (
    select * from {{ ref('figure_citations') }}
    where not figures_agree and role <> 'context'
),

line_versions as (
    select * from {{ ref('line_history') }}
),

indicators as (
    select * from {{ ref('indicator_progress') }}
),

subjects as (
    select
        'financial_line' as subject_type,
        line_code as subject_code,
        arg_max(label_fr, recorded_on) as label_fr,
        'euro' as unit
    from line_versions
    group by line_code

    union all

    select
        'indicator' as subject_type,
        indicator_key as subject_code,
        indicator_label_fr as label_fr,
        unit
    from indicators
)

select
    subjects.label_fr as subject_label_fr,
    citations.document_title,
    citations.published_on,
    citations.line_number,
    citations.printed_figure,
    citations.low_value,
    citations.high_value,
    subjects.unit
from citations
inner join subjects on citations.subject_type = subjects.subject_type and citations.subject_code = subjects.subject_code
order by citations.subject_type, citations.subject_code, citations.published_on, citations.document_key, citations.line_number
