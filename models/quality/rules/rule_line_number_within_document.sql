{% set seeds = {
    'source_mentions': ('int_mentions_of_changed_contracts', 'mention_code', 'contract_code'),
    'financial_lines': ('int_lines_of_changed_contracts', "concat_ws(' @ ', line_code, as_of_date, effective_on, recorded_on)", 'contract_code'),
    'contracts': ('stg_contracts__contracts', 'contract_code', 'contract_code'),
    'axes': ('stg_contracts__axes', 'axis_code', 'contract_code'),
    'operations': ('stg_contracts__operations', 'operation_code', 'contract_code'),
    'indicators': ('stg_contracts__indicators', 'indicator_code', 'contract_code'),
    'contract_signatories': ('stg_contracts__contract_signatories', "contract_code || ' / ' || partner_code", 'contract_code'),
    'contract_relations': (
        'stg_contracts__contract_relations', "from_contract_code || ' / ' || to_contract_code || ' / ' || relation", 'from_contract_code'
    ),
} %}
with changed as (
    select * from {{ ref('int_contracts_changed') }}
),

citations as (
    {% for seed, (model, code, contract) in seeds.items() %}
        select
            '{{ seed }}' as subject_type,
            {{ code }} as subject_code,
            {{ contract }} as contract_code,
            document_code,
            line_number
        from {{ ref(model) }}
        where
            line_number is not null
            {{ 'and ' ~ contract ~ ' in (select changed.contract_code from changed)' if model.startswith('stg') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
)

select
    citations.subject_type,
    citations.subject_code,
    citations.contract_code,
    'line 1 to ' || documents.line_count as expected,
    'line ' || citations.line_number as found,
    cast(citations.line_number - documents.line_count as decimal(28, 2)) as difference,
    case when citations.line_number between 1 and documents.line_count then 'pass' else 'fail' end as status,
    'a line number lies within document ' || documents.document_code as reason
from citations
inner join documents on citations.document_code = documents.document_code
