with relations as (
    select * from {{ ref('stg_contracts__contract_relations') }}
)

select
    from_contract_code as from_contract_key,
    to_contract_code as to_contract_key,
    relation,
    coalesce(document_code, 'unspecified') as document_key,
    line_number
from relations
