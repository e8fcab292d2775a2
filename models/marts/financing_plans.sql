-- read several times: only the columns that are needed, since it is kept in memory
with operations as (
    select
        operation_key,
        label_fr,
        contract_key,
        status
    from {{ ref('dim_operation') }}
    {{ only_changed_contracts('contract_key', 'int_contracts_of_operations') }}
),

-- cost and shares of an operation may stand in several contracts
operation_costs as (
    select * from {{ ref('int_operation_costs') }}
    where not is_part and operation_code in (select operations.operation_key from operations)
),

operation_shares as (
    select * from {{ ref('int_operation_shares') }}
    where operation_code in (select operations.operation_key from operations)
),

partners as (
    select * from {{ ref('dim_partner') }}
),

costs as (
    select
        operation_code as operation_key,
        sum(amount_eur) as cost_eur
    from operation_costs
    group by operation_code
),

shares as (
    select
        operation_code as operation_key,
        coalesce(partner_code, 'unspecified') as funder_key,
        sum(case when stage = 'announced' then amount_eur end) as announced_eur,
        sum(case when stage = 'contracted' then amount_eur end) as contracted_eur,
        sum(case when stage = 'programmed' then amount_eur end) as programmed_eur,
        sum(case when stage = 'committed' then amount_eur end) as committed_eur,
        sum(case when stage = 'paid' then amount_eur end) as paid_eur
    from operation_shares
    group by operation_code, coalesce(partner_code, 'unspecified')
),

-- stages of one funder show the same money on its way: the largest is what the funder brings
brought as (
    select
        operation_key,
        sum(greatest(announced_eur, contracted_eur, programmed_eur, committed_eur, paid_eur)) as brought_eur
    from shares
    group by operation_key
),

plan_rows as (
    select
        operation_key,
        'share' as plan_row_kind,
        funder_key,
        announced_eur,
        contracted_eur,
        programmed_eur,
        committed_eur,
        paid_eur,
        null as cost_eur,
        null as not_declared_eur
    from shares
    union all
    select
        costs.operation_key,
        'not_declared' as plan_row_kind,
        'unspecified' as funder_key,
        null as announced_eur,
        null as contracted_eur,
        null as programmed_eur,
        null as committed_eur,
        null as paid_eur,
        costs.cost_eur,
        greatest(costs.cost_eur - coalesce(brought.brought_eur, 0), 0) as not_declared_eur
    from costs
    left join brought on costs.operation_key = brought.operation_key
),

final as (
    select
        plan_rows.operation_key,
        plan_rows.plan_row_kind,
        plan_rows.funder_key,
        operations.label_fr as operation_label_fr,
        operations.contract_key,
        operations.status as operation_status,
        case when plan_rows.plan_row_kind = 'share' then partners.label_fr else 'Financement non déclaré' end as funder_label_fr,
        cast(plan_rows.announced_eur as decimal(18, 2)) as announced_eur,
        cast(plan_rows.contracted_eur as decimal(18, 2)) as contracted_eur,
        cast(plan_rows.programmed_eur as decimal(18, 2)) as programmed_eur,
        cast(plan_rows.committed_eur as decimal(18, 2)) as committed_eur,
        cast(plan_rows.paid_eur as decimal(18, 2)) as paid_eur,
        cast(plan_rows.cost_eur as decimal(18, 2)) as cost_eur,
        cast(plan_rows.not_declared_eur as decimal(18, 2)) as not_declared_eur
    from plan_rows
    inner join operations on plan_rows.operation_key = operations.operation_key
    inner join partners on plan_rows.funder_key = partners.partner_key
)

-- a reader of one contract then reads few rows
select * from final
order by contract_key
