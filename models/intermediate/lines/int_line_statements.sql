with figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises', 'restates')
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

ranked as (
    select
        figures.*,
        documents.published_on,
        row_number() over (
            partition by figures.subject_code, figures.subject_recorded_on, figures.subject_as_of_date
            order by figures.is_percent, figures.mention_code
        ) as rank_number
    from figures
    left join documents on figures.document_code = documents.document_code
    where figures.role in ('states', 'revises')
),

restated as (
    select
        figures.*,
        documents.published_on
    from figures
    inner join documents on figures.document_code = documents.document_code
    where figures.role = 'restates'
),

-- a figure is known from the first document that prints it, whichever document is taken for the statement
printed_before as (
    select
        ranked.mention_code,
        min(restated.published_on) as published_on
    from ranked
    inner join restated
        on
            ranked.subject_code = restated.subject_code
            and ranked.subject_recorded_on is not distinct from restated.subject_recorded_on
            and ranked.subject_as_of_date is not distinct from restated.subject_as_of_date
            and ranked.is_percent = restated.is_percent
            and ranked.low_value <= coalesce(restated.high_value, ranked.low_value)
            and restated.low_value <= coalesce(ranked.high_value, restated.low_value)
    where ranked.rank_number = 1
    group by ranked.mention_code
)

select
    ranked.subject_code,
    ranked.subject_recorded_on,
    ranked.subject_as_of_date,
    ranked.mention_code,
    ranked.is_percent,
    ranked.document_code,
    ranked.line_number,
    ranked.low_value,
    ranked.high_value,
    least(ranked.published_on, coalesce(printed_before.published_on, ranked.published_on)) as known_on
from ranked
left join printed_before on ranked.mention_code = printed_before.mention_code
where ranked.rank_number = 1
