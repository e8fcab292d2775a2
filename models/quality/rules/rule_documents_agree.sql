with citations as (
    select * from {{ ref('figure_citations') }}
    where subject_type <> 'none' and role <> 'context' and parsed_value is not null
),

compared as (
    select
        subject_type,
        subject_code,
        bool_and(figures_agree) as figures_agree,
        count(*) as figure_count,
        array_to_string(list_sort(list(distinct printed_figure || ' (' || document_key || ':' || line_number || ')')), ' · ') as figures,
        max(parsed_value) - min(parsed_value) as spread
    from citations
    group by subject_type, subject_code
    having count(*) > 1
)

select
    'documents_agree' as rule_id,
    'figure' as subject_type,
    subject_code,
    cast(null as varchar) as contract_code,
    'figures whose intervals meet' as expected,
    figures as found,
    cast(spread as decimal(18, 2)) as difference,
    case when figures_agree then 'pass' else 'fail' end as status,
    figure_count || ' printed figures of one ' || subject_type as reason
from compared
