-- What share of each contract does the State bring?
-- Its services and operators (ANRU, ADEME, the DIRECCTE...) count as the State. The share lies between state_percent and that figure plus
-- the two other percentages: money of a printed group to which the State belongs, and money whose funder no document names.
-- A part of a total has the funder printed for the part itself: in the ÉcoCité, whose total is State money, three parts name nobody.
-- The last column counts contributions of the State named without an amount: some lie inside the amount shown, the others would raise the
-- share. Null: no such money.
with funding as (
    select * from {{ ref('fct_funding') }}
    where stage_key = 'contracted'
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

members as (
    select * from {{ ref('bridge_partner_group') }}
),

groups_with_the_state as (
    select distinct members.partner_group_key
    from members
    inner join partners on members.member_partner_key = partners.partner_key
    where partners.root_partner_type_code = 'state'
),

summed as (
    select
        funding.contract_key,
        sum(funding.contracted_eur) as contracted_eur,
        sum(funding.contracted_eur) filter (where partners.root_partner_type_code = 'state') as state_eur,
        sum(funding.contracted_eur) filter (where groups_with_the_state.partner_group_key is not null) as group_with_the_state_eur,
        sum(funding.contracted_eur) filter (where funding.funder_key = 'unspecified') as funder_not_stated_eur,
        count(*) filter (where partners.root_partner_type_code = 'state' and funding.contracted_eur is null) as state_lines_without_amount
    from funding
    inner join partners on funding.funder_key = partners.partner_key
    left join groups_with_the_state on funding.funder_key = groups_with_the_state.partner_group_key
    group by funding.contract_key
)

select
    contracts.label_fr as contract_label_fr,
    summed.contracted_eur,
    summed.state_eur,
    {{ rate_percent('summed.state_eur', 'summed.contracted_eur') }} as state_percent,
    {{ rate_percent('summed.group_with_the_state_eur', 'summed.contracted_eur') }} as group_with_the_state_percent,
    {{ rate_percent('summed.funder_not_stated_eur', 'summed.contracted_eur') }} as funder_not_stated_percent,
    summed.state_lines_without_amount
from summed
inner join contracts on summed.contract_key = contracts.contract_key
where summed.contracted_eur is not null
order by summed.contracted_eur desc, contracts.contract_key asc
