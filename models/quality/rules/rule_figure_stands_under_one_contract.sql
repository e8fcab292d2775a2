with citations as (
    select * from {{ ref('figure_citations') }}
    where contract_key is not null and role in ('states', 'restates', 'revises')
),

-- most documents of landed lists are cited by one contract: their figures need not be grouped
shared_documents as (
    select document_key
    from citations
    group by document_key
    having min(contract_key) <> max(contract_key)
),

figures as (
    select
        document_key,
        line_number,
        printed_figure,
        min(contract_key) as first_contract_key,
        max(contract_key) as last_contract_key
    from citations
    where document_key in (select shared_documents.document_key from shared_documents)
    group by document_key, line_number, printed_figure
),

-- few of all figures: only their subjects are joined into a text
named as (
    select
        figures.document_key,
        figures.line_number,
        figures.printed_figure,
        {{ joined_texts("citations.subject_code || ' of ' || citations.contract_key", ' · ', distinct=true) }} as subjects
    from figures
    inner join citations
        on
            figures.document_key = citations.document_key
            and figures.line_number = citations.line_number
            and figures.printed_figure = citations.printed_figure
    where figures.first_contract_key <> figures.last_contract_key
    group by figures.document_key, figures.line_number, figures.printed_figure
)

-- contracts are compared among all of them: no contract has the result
select
    'printed figure' as subject_type,
    figures.document_key || ':' || figures.line_number || ' ' || figures.printed_figure as subject_code,
    cast(null as {{ dbt.type_string() }}) as contract_code,
    'lines or indicators of one contract' as expected,
    named.subjects as found,
    cast(null as decimal(28, 2)) as difference,
    case when named.document_key is null then 'pass' else 'fail' end as status,
    'a figure that is printed once is stated for one contract' as reason
from figures
left join named
    on
        figures.document_key = named.document_key
        and figures.line_number = named.line_number
        and figures.printed_figure = named.printed_figure
