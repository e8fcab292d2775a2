with citations as (
    select * from {{ ref('figure_citations') }}
    where subject_type <> 'none' and role <> 'context' and parsed_value is not null
),

changed as (
    select * from {{ ref('int_contracts_changed') }}
),

compared as (
    select
        citations.subject_type,
        citations.subject_code,
        citations.contract_key,
        citations.figures_agree,
        count(*) as figure_count,
        {{ joined_texts(
            "citations.printed_figure || ' (' || citations.document_key || ':' || citations.line_number || ')'", ' · ', distinct=true
        ) }} as figures,
        max(citations.parsed_value) - min(citations.parsed_value) as spread
    from citations
    inner join changed on citations.contract_key = changed.contract_code
    group by citations.subject_type, citations.subject_code, citations.contract_key, citations.figures_agree
    having count(*) > 1
)

select
    'documents_agree' as rule_id,
    'figure' as subject_type,
    subject_code,
    contract_key as contract_code,
    'figures whose intervals meet' as expected,
    figures as found,
    cast(spread as decimal(18, 2)) as difference,
    case when figures_agree then 'pass' else 'fail' end as status,
    figure_count || ' printed figures of one ' || subject_type as reason
from compared
