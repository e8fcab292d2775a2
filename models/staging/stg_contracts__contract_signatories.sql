with contract_signatories as (
    {{ seed_and_landing('contract_signatories') }}
)

select
    cast(trim(contract_code) as varchar) as contract_code,
    cast(trim(partner_code) as varchar) as partner_code,
    cast(trim(role) as varchar) as role,
    cast(trim(document_code) as varchar) as document_code,
    cast(line_number as integer) as line_number,
    landing_file
from contract_signatories
