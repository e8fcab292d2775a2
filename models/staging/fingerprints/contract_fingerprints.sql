-- a contract is built again where its fingerprint is another one
with rows_of_contracts as (
    select * from {{ ref('rows_of_contracts') }}
    union all
    select * from {{ ref('rows_named_by_contracts') }}
),

rows_of_all as (
    select sum(row_hash) as row_hash from {{ ref('rows_of_all_contracts') }}
),

contracts as (
    select
        contract_code,
        sum(row_hash) as row_hash
    from rows_of_contracts
    where contract_code is not null
    group by contract_code
)

select
    contracts.contract_code,
    md5(concat_ws('|', contracts.row_hash, rows_of_all.row_hash, {{ built_with() }})) as fingerprint
from contracts
cross join rows_of_all
