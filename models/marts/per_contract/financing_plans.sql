with totals as (
    select * from {{ ref('int_operation_totals') }}
),

payers as (
    select * from {{ ref('int_operation_payers') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

payers_added as (
    select
        operation_code,
        sum(case when not is_nested then brought_eur end) as brought_eur,
        sum(case when not is_nested then brought_low_eur end) as brought_low_eur,
        -- a payer without upper bound may bring all of the cost
        bool_or(brought_eur is not null and brought_high_eur is null) as is_unbounded,
        sum(brought_high_eur) as brought_high_eur
    from payers
    group by operation_code
),

undeclared as (
    select
        totals.*,
        case
            when totals.cost_eur is not null then greatest(totals.cost_eur - coalesce(payers_added.brought_eur, 0), 0)
        end as not_declared_eur,
        case
            when totals.cost_eur is null then null
            when payers_added.is_unbounded then 0
            else greatest(totals.cost_low_eur - coalesce(payers_added.brought_high_eur, 0), 0)
        end as not_declared_low_eur,
        case
            when totals.cost_high_eur is not null then greatest(totals.cost_high_eur - coalesce(payers_added.brought_low_eur, 0), 0)
        end as not_declared_high_eur
    from totals
    left join payers_added on totals.operation_code = payers_added.operation_code
    where totals.has_cost
),

plan_rows as (
    select
        operation_code,
        payer_kind as plan_row_kind,
        payer_code,
        announced_eur,
        contracted_eur,
        programmed_eur,
        committed_eur,
        paid_eur,
        share_percent,
        brought_eur,
        brought_low_eur,
        brought_high_eur,
        is_computed,
        is_nested,
        null as cost_eur,
        null as not_declared_eur,
        null as not_declared_low_eur,
        null as not_declared_high_eur,
        qualifier,
        document_code,
        document_line_number,
        document_status
    from payers
    union all
    select
        operation_code,
        'not_declared' as plan_row_kind,
        'unspecified' as payer_code,
        null as announced_eur,
        null as contracted_eur,
        null as programmed_eur,
        null as committed_eur,
        null as paid_eur,
        null as share_percent,
        null as brought_eur,
        null as brought_low_eur,
        null as brought_high_eur,
        false as is_computed,
        false as is_nested,
        cost_eur,
        not_declared_eur,
        not_declared_low_eur,
        not_declared_high_eur,
        qualifier,
        document_code,
        document_line_number,
        document_status
    from undeclared
),

final as (
    select
        plan_rows.operation_code as operation_key,
        plan_rows.plan_row_kind,
        plan_rows.payer_code as funder_key,
        totals.label_fr as operation_label_fr,
        totals.contract_code as contract_key,
        totals.status as operation_status,
        case when plan_rows.plan_row_kind = 'not_declared' then 'Financement non déclaré' else partners.label_fr end as funder_label_fr,
        cast(plan_rows.announced_eur as decimal(28, 2)) as announced_eur,
        cast(plan_rows.contracted_eur as decimal(28, 2)) as contracted_eur,
        cast(plan_rows.programmed_eur as decimal(28, 2)) as programmed_eur,
        cast(plan_rows.committed_eur as decimal(28, 2)) as committed_eur,
        cast(plan_rows.paid_eur as decimal(28, 2)) as paid_eur,
        plan_rows.share_percent,
        cast(plan_rows.brought_eur as decimal(28, 2)) as brought_eur,
        cast(plan_rows.brought_low_eur as decimal(28, 2)) as brought_low_eur,
        cast(plan_rows.brought_high_eur as decimal(28, 2)) as brought_high_eur,
        plan_rows.is_computed,
        plan_rows.is_nested as is_inside_another_share,
        cast(plan_rows.cost_eur as decimal(28, 2)) as cost_eur,
        cast(plan_rows.not_declared_eur as decimal(28, 2)) as not_declared_eur,
        cast(plan_rows.not_declared_low_eur as decimal(28, 2)) as not_declared_low_eur,
        cast(plan_rows.not_declared_high_eur as decimal(28, 2)) as not_declared_high_eur,
        plan_rows.qualifier,
        coalesce(plan_rows.document_code, 'unspecified') as document_key,
        plan_rows.document_line_number as line_number,
        plan_rows.document_status
    from plan_rows
    inner join totals on plan_rows.operation_code = totals.operation_code
    inner join partners on plan_rows.payer_code = partners.partner_key
)

-- a reader of one contract then reads few rows
select * from final
order by contract_key
