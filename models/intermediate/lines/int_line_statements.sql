with figures as (
    select * from {{ ref('int_figures_parsed') }}
    where subject_type = 'financial_line' and role in ('states', 'revises')
),

ranked as (
    select
        subject_code,
        subject_recorded_on,
        subject_as_of_date,
        mention_code,
        is_percent,
        document_code,
        line_number,
        low_value,
        high_value,
        row_number() over (
            partition by subject_code, subject_recorded_on, subject_as_of_date
            order by is_percent, mention_code
        ) as rank_number
    from figures
)

select * from ranked
where rank_number = 1
