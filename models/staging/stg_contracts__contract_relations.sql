with contract_relations as (
    {{ seed_and_landing('contract_relations') }}
)

select
    trim(from_contract_code) as from_contract_code,
    trim(to_contract_code) as to_contract_code,
    trim(relation) as relation,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from contract_relations
