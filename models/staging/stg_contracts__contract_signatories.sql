with contract_signatories as (
    {{ seed_and_landing('contract_signatories') }}
)

select
    trim(contract_code) as contract_code,
    trim(partner_code) as partner_code,
    trim(role) as role,
    trim(document_code) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from contract_signatories
