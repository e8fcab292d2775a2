with contract_relations as (
    {{ accepted_rows('contract_relations') }}
)

select
    from_contract_code,
    to_contract_code,
    relation,
    document_code,
    try_cast(line_number as integer) as line_number,
    landing_file
from contract_relations
