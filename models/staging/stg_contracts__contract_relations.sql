with contract_relations as (
    {{ seed_and_landing('contract_relations') }}
)

select
    cast(trim(from_contract_code) as varchar) as from_contract_code,
    cast(trim(to_contract_code) as varchar) as to_contract_code,
    cast(trim(relation) as varchar) as relation,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from contract_relations
