-- Stands behind every test of every seed: what depends on it is built only when all seeds are sound.
select
    'accepted_contradictions' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__accepted_contradictions') }}
union all
select
    'axes' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__axes') }}
union all
select
    'consistency_rules' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__consistency_rules') }}
union all
select
    'contract_relations' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__contract_relations') }}
union all
select
    'contract_signatories' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__contract_signatories') }}
union all
select
    'contract_types' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__contract_types') }}
union all
select
    'contracts' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__contracts') }}
union all
select
    'cross_total_parts' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__cross_total_parts') }}
union all
select
    'financial_lines' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__financial_lines') }}
union all
select
    'funds' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__funds') }}
union all
select
    'indicators' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__indicators') }}
union all
select
    'money_units' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__money_units') }}
union all
select
    'number_words' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__number_words') }}
union all
select
    'operations' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__operations') }}
union all
select
    'partner_group_members' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__partner_group_members') }}
union all
select
    'partner_types' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__partner_types') }}
union all
select
    'partners' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__partners') }}
union all
select
    'source_documents' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__source_documents') }}
union all
select
    'source_mentions' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__source_mentions') }}
union all
select
    'stages' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__stages') }}
union all
select
    'territories' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__territories') }}
union all
select
    'territory_members' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__territory_members') }}
union all
select
    'territory_types' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__territory_types') }}
union all
select
    'themes' as seed_name,
    count(*) as row_count
from {{ ref('stg_contracts__themes') }}
