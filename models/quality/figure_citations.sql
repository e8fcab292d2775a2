with figures as (
    select * from {{ ref('int_figures_parsed') }}
),

mentions as (
    select * from {{ ref('int_mentions_declared') }}
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

axes as (
    select * from {{ ref('stg_contracts__axes') }}
),

-- the last node of an outline that the document prints before the figure
headings as (
    select
        mentions.mention_code,
        arg_max(axes.label_fr, (axes.line_number, axes.level)) as nearest_heading_fr
    from mentions
    inner join axes on mentions.document_code = axes.document_code and mentions.line_number >= axes.line_number
    group by mentions.mention_code
),

-- every pair of figures about one subject version meets within what is printed, or the subject is disputed
agreement as (
    select
        subject_type,
        subject_code,
        count(distinct document_code) as document_count,
        max(low_value) filter (where role <> 'context' and not (is_percent and subject_type = 'financial_line'))
        < coalesce(
            min(high_value) filter (where role <> 'context' and not (is_percent and subject_type = 'financial_line')), max(low_value) + 1
        ) as figures_agree
    from figures
    where subject_type <> 'none'
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
        mentions.mention_code,
        mentions.subject_type,
        mentions.subject_code,
        mentions.subject_recorded_on,
        mentions.contract_code as contract_key,
        mentions.role,
        documents.title as document_title,
        documents.publisher,
        documents.published_on,
        documents.document_status,
        documents.source_url,
        mentions.document_code as document_key,
        mentions.line_number,
        headings.nearest_heading_fr,
        mentions.printed_figure,
        mentions.printed_unit,
        mentions.qualifier,
        mentions.basis,
        mentions.multiplier,
        case
            when not (figures.is_percent and mentions.subject_type = 'financial_line') then cast(figures.parsed_value as decimal(24, 2))
        end as parsed_value,
        case when not (figures.is_percent and mentions.subject_type = 'financial_line') then cast(figures.low_value as decimal(24, 2)) end
            as low_value,
        case
            when not (figures.is_percent and mentions.subject_type = 'financial_line') then cast(figures.high_value as decimal(24, 2))
        end as high_value,
        case when figures.is_percent and mentions.subject_type = 'financial_line' then cast(figures.parsed_value as decimal(9, 2)) end
            as parsed_percent,
        subjects.document_count,
        subjects.figures_agree,
        mentions.exclusion_reason,
        mentions.verified_by
    from mentions
    inner join figures on mentions.mention_code = figures.mention_code
    inner join documents on mentions.document_code = documents.document_code
    left join headings on mentions.mention_code = headings.mention_code
    left join subjects on mentions.subject_type = subjects.subject_type and mentions.subject_code = subjects.subject_code
)

select * from final
