with contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

relations as (
    select * from {{ ref('stg_contracts__contract_relations') }}
    where relation = 'amends'
),

documents as (
    select
        document_code,
        cast(extract(year from published_on) as integer) as published_year
    from {{ ref('stg_contracts__source_documents') }}
),

lines as (
    select * from {{ ref('int_lines_current') }}
),

versions as (
    select * from {{ ref('int_lines_versioned') }}
    where coalesce(period_start_year, period_end_year) is not null
),

operations as (
    select operations.*
    from {{ ref('stg_contracts__operations') }} as operations
    inner join {{ ref('int_contracts_changed') }} as changed on operations.contract_code = changed.contract_code
),

amendments as (
    select
        relations.to_contract_code as contract_code,
        min(contracts.period_start_year) as period_start_year,
        max(contracts.period_end_year) as period_end_year
    from relations
    inner join contracts on relations.from_contract_code = contracts.contract_code
    group by relations.to_contract_code
),

-- an amendment may lengthen its contract; a report on a year tells what began until its publication
bounds as (
    select
        contracts.contract_code,
        least(contracts.period_start_year, amendments.period_start_year) as first_year,
        greatest(contracts.period_end_year, amendments.period_end_year) as last_year,
        greatest(contracts.period_end_year, amendments.period_end_year, documents.published_year) as last_told_year,
        contracts.period_start_year is not null as has_first_year,
        contracts.period_end_year is not null as has_last_year
    from contracts
    left join amendments on contracts.contract_code = amendments.contract_code
    left join documents on contracts.document_code = documents.document_code
),

known_bounds as (
    select
        contract_code,
        case when has_first_year then first_year end as first_year,
        case when has_last_year then last_year end as last_year,
        case when has_last_year then last_told_year end as last_told_year
    from bounds
),

subjects as (
    select
        'financial_line' as subject_type,
        lines.line_code as subject_code,
        lines.contract_code,
        lines.line_use,
        lines.stage,
        coalesce(versions.period_start_year, versions.period_end_year) as start_year,
        coalesce(versions.period_end_year, versions.period_start_year) as end_year,
        documents.published_year
    from lines
    inner join versions on lines.version_id = versions.version_id
    left join documents on lines.document_code = documents.document_code
    union all
    -- one known year of works says nothing about the other
    select
        'operation' as subject_type,
        operation_code as subject_code,
        contract_code,
        'operation' as line_use,
        null as stage,
        coalesce(actual_start_year, planned_start_year) as start_year,
        coalesce(actual_end_year, planned_end_year) as end_year,
        null as published_year
    from operations
    where coalesce(actual_start_year, planned_start_year, actual_end_year, planned_end_year) is not null
),

compared as (
    select
        subjects.subject_type,
        subjects.subject_code,
        subjects.contract_code,
        subjects.start_year,
        subjects.end_year,
        bounds.first_year,
        bounds.last_year,
        subjects.published_year,
        case
            when subjects.stage = 'paid' then subjects.end_year > subjects.published_year
            when subjects.stage = 'committed' then subjects.start_year > subjects.published_year
        end as is_after_document,
        case
            -- works may begin before their contract and end after it
            when subjects.subject_type = 'operation'
                then subjects.end_year < bounds.first_year or subjects.start_year > bounds.last_told_year
            when subjects.line_use in ('counted', 'cross_total')
                then subjects.start_year < bounds.first_year or subjects.end_year > bounds.last_year
        end as is_outside,
        coalesce(bounds.first_year, bounds.last_year) is not null
        and subjects.line_use in ('counted', 'cross_total', 'operation') as is_comparable
    from subjects
    inner join known_bounds as bounds on subjects.contract_code = bounds.contract_code
)

select
    subject_type,
    subject_code,
    contract_code,
    case
        when coalesce(is_after_document, false) then 'a year up to ' || published_year
        when coalesce(first_year, last_year) is null then 'no years printed'
        else concat_ws(' ', 'from ' || first_year, 'to ' || last_year)
    end as expected,
    concat_ws(' ', 'from ' || start_year, 'to ' || end_year) as found,
    cast(null as decimal(28, 2)) as difference,
    case
        when coalesce(is_after_document, false) or coalesce(is_outside, false) then 'fail'
        when is_comparable then 'pass'
        else 'not applicable'
    end as status,
    case
        when coalesce(is_after_document, false) then 'what is committed or paid does not lie after the year of its document'
        when subject_type = 'operation' then 'an operation does not end before its contract begins, nor begin after it ends'
        else 'the years of a line lie within those of its contract and of its amendments'
    end as reason
from compared
