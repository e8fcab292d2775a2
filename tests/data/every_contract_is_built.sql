{{ config(enabled=target.type == 'duckdb') }}
-- a contract whose lines are loaded is in the tables that builds replace contract by contract, unless it waits for the next build
with declared as (
    select distinct contract_code from {{ ref('stg_contracts__financial_lines') }}
),

built as (
    select distinct contract_key from {{ ref('line_history') }}
),

waiting as (
    select pending.contract_code
    from {{ ref('int_contracts_stale') }} as pending
    where pending.contract_code not in (select changed.contract_code from {{ ref('int_contracts_changed') }} as changed)
)

select
    coalesce(declared.contract_code, built.contract_key) as contract_code,
    case
        when built.contract_key is null then 'its lines are not built: run dbt build --full-refresh'
        else 'it is built and has no lines any more: run dbt build --full-refresh'
    end as what_to_do
from declared
full outer join built on declared.contract_code = built.contract_key
left join waiting on coalesce(declared.contract_code, built.contract_key) = waiting.contract_code
where (declared.contract_code is null or built.contract_key is null) and waiting.contract_code is null
