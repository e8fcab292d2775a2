-- How much of the money is given, and how much is lent?
-- Each stage is read alone, never added to another: the same euro can stand at two stages. Lent means loans, repayable advances and
-- guarantees; own spending is what an owner spends on its own works; not stated means that the document does not tell, which is the case
-- of whole contract totals.
-- Bpifrance prints its loans, guarantees and support as one amount, kept here with what is lent.
-- Lines without an amount are counted beside; the largest contract shows where each kind stands.
with funding as (
    select * from {{ ref('fct_funding') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

stages as (
    select * from {{ ref('dim_stage') }}
),

-- one of the five columns is filled
amounts as (
    select
        contract_key,
        stage_key,
        coalesce(announced_eur, contracted_eur, programmed_eur, committed_eur, paid_eur) as amount_eur,
        case
            when instrument in ('loan', 'advance', 'guarantee') then 'lent'
            when instrument = 'grant' then 'given'
            when instrument = 'own_spending' then 'own spending'
            else 'not stated'
        end as money_kind
    from funding
),

summed as (
    select
        amounts.stage_key,
        amounts.money_kind,
        sum(amounts.amount_eur) as amount_eur,
        sum(sum(amounts.amount_eur)) over (partition by amounts.stage_key) as stage_eur,
        count(*) filter (where amounts.amount_eur is null) as lines_without_amount,
        arg_max(contracts.label_fr, amounts.amount_eur) as largest_contract_label_fr
    from amounts
    inner join contracts on amounts.contract_key = contracts.contract_key
    group by amounts.stage_key, amounts.money_kind
)

select
    stages.label_fr as stage_label_fr,
    summed.money_kind,
    summed.amount_eur,
    {{ rate_percent('summed.amount_eur', 'summed.stage_eur') }} as percent_of_stage,
    summed.lines_without_amount,
    summed.largest_contract_label_fr
from summed
inner join stages on summed.stage_key = stages.stage_key
order by stages.position asc, summed.amount_eur desc nulls last
