with contract_signatories as (
    {{ seed_and_landing('contract_signatories') }}
)

select
    contract_code,
    partner_code,
    role,
    document_code,
    cast(line_number as integer) as line_number,
    landing_file
from contract_signatories
