-- Which operations have a complete financing plan?
-- Brought: what each funder brings at its largest stage, since the stages of one funder show the same money on its way.
-- Not declared: the rest of the cost, whose payer no document names; private money that is left out of the warehouse is in it.
-- A plan can be complete by an announcement alone, hence the column of money that is only announced. In the canal Seine-Nord, the 300
-- million of the Région are taken as a part of the 880 of all local authorities, which no document says. A funder without amount may be
-- printed with a percentage only, or with none. Null brought: no share has an amount.
with plans as (
    select * from {{ ref('financing_plans') }}
),

shares as (
    select
        *,
        greatest(contracted_eur, programmed_eur, committed_eur, paid_eur) as beyond_announced_eur
    from plans
),

operations as (
    select
        operation_key,
        operation_label_fr,
        operation_status,
        sum(cost_eur) as cost_eur,
        sum(greatest(announced_eur, beyond_announced_eur)) as brought_eur,
        sum(announced_eur) filter (where announced_eur > coalesce(beyond_announced_eur, 0)) as only_announced_eur,
        sum(not_declared_eur) as not_declared_eur,
        count(*) filter (where plan_row_kind = 'share') as funder_count,
        count(*) filter (
            where plan_row_kind = 'share' and coalesce(announced_eur, beyond_announced_eur) is null
        ) as funders_without_amount
    from shares
    group by operation_key, operation_label_fr, operation_status
)

select
    operation_label_fr,
    operation_status,
    case
        when brought_eur is null then 'no share has an amount'
        when not_declared_eur = 0 then 'complete'
        else 'partial'
    end as financing_plan,
    cost_eur,
    brought_eur,
    only_announced_eur,
    not_declared_eur,
    {{ rate_percent('brought_eur', 'cost_eur') }} as brought_percent,
    funder_count,
    funders_without_amount
from operations
where cost_eur is not null
order by brought_percent desc nulls last, cost_eur desc, operation_key asc
