with documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

operations as (
    select
        operations.*,
        cast(extract(year from coalesce(operations.as_of_date, documents.published_on)) as integer) as known_year
    from {{ ref('stg_contracts__operations') }} as operations
    inner join {{ ref('int_contracts_changed') }} as changed on operations.contract_code = changed.contract_code
    left join documents on operations.document_code = documents.document_code
),

-- not among them: works that take longer than planned, and plans that began in a year gone by and go on
checked as (
    select
        *,
        coalesce(planned_start_year, planned_end_year, actual_start_year, actual_end_year) is not null
        or physical_progress_percent is not null as is_dated,
        case
            when actual_start_year > known_year or actual_end_year > known_year then 'an actual year lies after the day of the status'
            when status in ('identified', 'programmed') and coalesce(actual_start_year, actual_end_year) is not null
                then 'what is only identified or programmed has no actual year'
            when status in ('identified', 'programmed') and physical_progress_percent > 0
                then 'what is only identified or programmed has no physical progress'
            when status in ('identified', 'programmed') and coalesce(planned_end_year, planned_start_year) < known_year
                then 'all planned years have gone by, and nothing is said to have begun'
            when status in ('started', 'abandoned') and actual_end_year is not null then 'what has an actual last year is completed'
            when status in ('started', 'completed') and actual_start_year is null and planned_start_year > known_year
                then 'what has begun is not planned to begin later'
            when status = 'completed' and actual_end_year is null and planned_end_year > known_year
                then 'what is completed is not planned to end later'
            when status = 'completed' and physical_progress_percent < 100 then 'what is completed has all of its physical progress'
            when status <> 'completed' and physical_progress_percent >= 100 then 'what has all of its physical progress is completed'
            when status = 'unknown' and (coalesce(actual_start_year, actual_end_year) is not null or physical_progress_percent > 0)
                then 'an actual year or physical progress tells the status'
        end as defect
    from operations
)

select
    'operation' as subject_type,
    operation_code as subject_code,
    contract_code,
    'a status that fits what is known in ' || known_year as expected,
    concat_ws(
        ', ',
        status,
        'planned from ' || planned_start_year,
        'planned to ' || planned_end_year,
        'begun in ' || actual_start_year,
        'ended in ' || actual_end_year,
        'progress ' || physical_progress_percent || ' %'
    ) as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when defect is not null then 'fail'
        when is_dated then 'pass'
        else 'not applicable'
    end as status,
    coalesce(defect, 'the status of an operation fits its years and its progress') as reason
from checked
