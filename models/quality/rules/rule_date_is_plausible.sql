with documents as (
    select
        document_code,
        document_status,
        published_on,
        {{ published_by() }} as published_by
    from {{ ref('stg_contracts__source_documents') }}
),

contracts as (
    select * from {{ ref('stg_contracts__contracts') }}
),

lines as (
    select * from {{ ref('int_lines_versioned') }}
),

dates as (
    select
        'contract' as subject_type,
        contracts.contract_code as subject_code,
        contracts.contract_code,
        'signed_on' as column_name,
        contracts.signed_on as found_on,
        make_date(contracts.period_start_year - 3, 1, 1) as not_before,
        least(documents.published_by, make_date(contracts.period_end_year, 12, 31)) as not_after
    from contracts
    left join documents on contracts.document_code = documents.document_code
    union all
    select
        'contract' as subject_type,
        contracts.contract_code as subject_code,
        contracts.contract_code,
        'voted_on' as column_name,
        contracts.voted_on as found_on,
        make_date(contracts.period_start_year - 3, 1, 1) as not_before,
        documents.published_by as not_after
    from contracts
    left join documents on contracts.document_code = documents.document_code
    union all
    select
        'financial_line' as subject_type,
        lines.line_code as subject_code,
        lines.contract_code,
        'recorded_on' as column_name,
        lines.declared_recorded_on as found_on,
        documents.published_on as not_before,
        null as not_after
    from lines
    left join documents on lines.document_code = documents.document_code
    union all
    select
        'financial_line' as subject_type,
        lines.line_code as subject_code,
        lines.contract_code,
        'as_of_date' as column_name,
        lines.as_of_date as found_on,
        null as not_before,
        documents.published_by as not_after
    from lines
    left join documents on lines.document_code = documents.document_code
    union all
    select
        'financial_line' as subject_type,
        lines.line_code as subject_code,
        lines.contract_code,
        'effective_on' as column_name,
        lines.effective_on as found_on,
        null as not_before,
        make_date(greatest(lines.period_end_year, cast(extract(year from documents.published_by) as integer)), 12, 31) as not_after
    from lines
    left join documents on lines.document_code = documents.document_code
),

-- versions of one line may give the same date, not all with the same bounds
bounded as (
    select
        subject_type,
        subject_code,
        contract_code,
        column_name,
        found_on,
        found_on < not_before or found_on > not_after as is_outside,
        max(not_before) as not_before,
        min(not_after) as not_after
    from dates
    where found_on is not null
    group by
        subject_type, subject_code, contract_code, column_name, found_on, found_on < not_before or found_on > not_after
)

select
    subject_type,
    subject_code || ' ' || column_name || ' ' || found_on as subject_code,
    contract_code,
    concat_ws(' ', 'from', not_before, 'to', not_after) as expected,
    cast(found_on as {{ dbt.type_string() }}) as found,
    cast(null as decimal(28, 2)) as difference,
    case when is_outside then 'fail' else 'pass' end as status,
    'nothing is signed, reached or in effect after the document that prints it or its period, or recorded before its document' as reason
from bounded
