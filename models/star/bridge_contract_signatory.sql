with signatories as (
    select * from {{ ref('stg_contracts__contract_signatories') }}
)

select
    contract_code as contract_key,
    partner_code as partner_key,
    role,
    coalesce(document_code, 'unspecified') as document_key,
    line_number
from signatories
