with figures as (
    select * from {{ ref('int_figures_parsed') }}
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

compared as (
    select * from {{ ref('int_figures_compared') }}
),

document_headings as (
    select * from {{ ref('stg_contracts__document_headings') }}
    where line_number is not null
),

-- the last heading above the figure, but for boxes that ended before it
headings as (
    select
        figures.mention_code,
        {{ last_by('document_headings.label_fr', ['document_headings.line_number', 'document_headings.level']) }} as label_fr
    from figures
    inner join document_headings
        on
            figures.document_code = document_headings.document_code
            and figures.line_number >= document_headings.line_number
            and figures.line_number <= coalesce(document_headings.last_line_number, figures.line_number)
    group by figures.mention_code
),

by_document as (
    select
        subject_type,
        subject_code,
        subject_recorded_on,
        subject_as_of_date,
        document_code,
        max(low_value) as highest_low,
        max(low_value) filter (where role <> 'context' and not (is_percent and subject_type = 'financial_line')) as compared_low,
        min(high_value) filter (where role <> 'context' and not (is_percent and subject_type = 'financial_line')) as compared_high
    from figures
    where subject_type <> 'none'
    group by subject_type, subject_code, subject_recorded_on, subject_as_of_date, document_code
),

-- every pair of figures about one subject version meets within what is printed, or the subject is disputed
agreement as (
    select
        subject_type,
        subject_code,
        count(*) as document_count,
        max(compared_low) < coalesce(min(compared_high), max(highest_low) + 1) as figures_agree
    from by_document
    group by subject_type, subject_code, subject_recorded_on, subject_as_of_date
),

subjects as (
    select
        subject_type,
        subject_code,
        bool_and(coalesce(figures_agree, true)) as figures_agree,
        max(document_count) as document_count
    from agreement
    group by subject_type, subject_code
),

final as (
    select
        figures.mention_code,
        figures.subject_type,
        figures.subject_code,
        figures.subject_recorded_on,
        figures.contract_code as contract_key,
        figures.role,
        documents.title as document_title,
        documents.publisher,
        documents.published_on,
        documents.document_status,
        documents.source_url,
        figures.document_code as document_key,
        figures.line_number,
        headings.label_fr as nearest_heading_fr,
        figures.printed_figure,
        figures.printed_unit,
        figures.qualifier,
        figures.basis,
        figures.multiplier,
        case when not (figures.is_percent and figures.subject_type = 'financial_line') then figures.parsed_value end as parsed_value,
        case when not (figures.is_percent and figures.subject_type = 'financial_line') then figures.low_value end as low_value,
        case when not (figures.is_percent and figures.subject_type = 'financial_line') then figures.high_value end as high_value,
        case when figures.is_percent and figures.subject_type = 'financial_line' then cast(figures.parsed_value as decimal(18, 2)) end
            as parsed_percent,
        subjects.document_count,
        subjects.figures_agree,
        figures.exclusion_reason,
        case when compared.is_agreed then 'two readings' end as verified_by
    from figures
    inner join documents on figures.document_code = documents.document_code
    left join headings on figures.mention_code = headings.mention_code
    left join compared on figures.mention_code = compared.mention_code
    left join subjects on figures.subject_type = subjects.subject_type and figures.subject_code = subjects.subject_code
)

select * from final
