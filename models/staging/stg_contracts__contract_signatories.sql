with contract_signatories as (
    {{ accepted_rows('contract_signatories') }}
)

select
    contract_code,
    partner_code,
    role,
    document_code,
    try_cast(line_number as integer) as line_number,
    landing_file
from contract_signatories
