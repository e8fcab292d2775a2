-- Contracts with a date or a period, and the amendments and successors that the documents name.
with amendments as (
    select
        relations.to_contract_key as contract_key,
        amending.label_fr,
        coalesce(amending.signed_on, amending.voted_on) as happened_on
    from star.bridge_contract_relation as relations
    inner join star.dim_contract as amending on relations.from_contract_key = amending.contract_key
    where relations.relation = 'amends'
)

select
    contracts.contract_key,
    contracts.label_fr as contract_label_fr,
    'period' as moment,
    cast(null as varchar) as moment_label_fr,
    cast(null as date) as happened_on,
    contracts.period_start_year,
    contracts.period_end_year
from star.dim_contract as contracts
where contracts.period_start_year is not null and contracts.contract_key <> 'unspecified'

union all

select
    contract_key,
    label_fr as contract_label_fr,
    'signature' as moment,
    null as moment_label_fr,
    signed_on as happened_on,
    null as period_start_year,
    null as period_end_year
from star.dim_contract
where signed_on is not null

union all

select
    contract_key,
    label_fr as contract_label_fr,
    'vote' as moment,
    null as moment_label_fr,
    voted_on as happened_on,
    null as period_start_year,
    null as period_end_year
from star.dim_contract
where voted_on is not null

union all

select
    amendments.contract_key,
    contracts.label_fr as contract_label_fr,
    'amendment' as moment,
    amendments.label_fr as moment_label_fr,
    amendments.happened_on,
    null as period_start_year,
    null as period_end_year
from amendments
inner join star.dim_contract as contracts on amendments.contract_key = contracts.contract_key
order by period_start_year nulls last, happened_on nulls last, contract_label_fr, moment
