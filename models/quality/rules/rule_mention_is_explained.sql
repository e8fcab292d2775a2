with mentions as (
    select * from {{ ref('int_mentions_of_changed_contracts') }}
),

subjects as (
    select distinct
        'financial_line' as subject_type,
        line_code as subject_code,
        recorded_on as subject_recorded_on
    from {{ ref('int_lines_of_changed_contracts') }}
    union all
    select
        'indicator' as subject_type,
        indicator_code as subject_code,
        null as subject_recorded_on
    from {{ ref('stg_contracts__indicators') }}
),

checked as (
    select
        mentions.*,
        subjects.subject_code is not null as has_subject
    from mentions
    left join subjects
        on
            mentions.subject_type = subjects.subject_type
            and mentions.subject_code = subjects.subject_code
            and mentions.subject_recorded_on is not distinct from subjects.subject_recorded_on
)

select
    'mention' as subject_type,
    mention_code as subject_code,
    contract_code,
    'a known subject, or an exclusion with its reason' as expected,
    subject_type || ' ' || coalesce(subject_code, exclusion_reason, 'without reason') as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when subject_type = 'none' and exclusion_reason is not null and subject_code is null then 'pass'
        when subject_type <> 'none' and has_subject and exclusion_reason is null then 'pass'
        else 'fail'
    end as status,
    'printed figure ' || printed_figure || ', ' || document_code || ' line ' || line_number as reason
from checked
