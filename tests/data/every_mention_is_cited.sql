{{ config(enabled=target.type == 'duckdb') }}
-- a printed figure whose line or indicator is not there is left out of a build on some contracts: the numbers of rows tell
with mentions as (
    select count(*) as mention_count from {{ ref('stg_contracts__source_mentions') }}
),

citations as (
    select count(*) as citation_count from {{ ref('figure_citations') }}
),

waiting as (
    select count(*) as waiting_count from {{ ref('int_contracts_stale') }} as pending
    where pending.contract_code not in (select changed.contract_code from {{ ref('int_contracts_changed') }} as changed)
)

select
    mentions.mention_count,
    citations.citation_count,
    'figures are about lines or indicators that are not there: dbt build --full-refresh names them' as what_to_do
from mentions
cross join citations
cross join waiting
where mentions.mention_count <> citations.citation_count and waiting.waiting_count = 0
