-- depends_on: {{ ref('int_seeds_checked') }}
select contract_code from {{ ref('stg_contracts__contracts') }}
