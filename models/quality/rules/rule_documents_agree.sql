with citations as (
    select * from {{ ref('figure_citations') }}
    where subject_type <> 'none' and role <> 'context' and parsed_value is not null
),

mentions as (
    select * from {{ ref('int_mentions_declared') }}
),

compared as (
    select
        citations.subject_type,
        citations.subject_code,
        mentions.contract_code,
        citations.figures_agree,
        count(*) as figure_count,
        {{ joined_texts(
            "citations.printed_figure || ' (' || citations.document_key || ':' || citations.line_number || ')'", ' · ', distinct=true
        ) }} as figures,
        max(citations.parsed_value) - min(citations.parsed_value) as spread
    from citations
    inner join mentions on citations.mention_code = mentions.mention_code
    group by citations.subject_type, citations.subject_code, mentions.contract_code, citations.figures_agree
    having count(*) > 1
)

select
    'documents_agree' as rule_id,
    'figure' as subject_type,
    subject_code,
    contract_code,
    'figures whose intervals meet' as expected,
    figures as found,
    cast(spread as decimal(18, 2)) as difference,
    case when figures_agree then 'pass' else 'fail' end as status,
    figure_count || ' printed figures of one ' || subject_type as reason
from compared
