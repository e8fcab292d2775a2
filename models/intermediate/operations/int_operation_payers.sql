-- what each payer brings to an operation that this build works on: amounts by stage, a printed share of the cost, or a part of the cost
-- that a private payer bears
with totals as (
    select * from {{ ref('int_operation_totals') }}
),

payments as (
    select
        *,
        'share' as payer_kind,
        coalesce(partner_code, 'unspecified') as payer_code
    from {{ ref('int_operation_shares') }}
    where operation_code in (select totals.operation_code from totals)
    union all
    select
        contract_code,
        operation_code,
        line_code,
        null as possible_parent_code,
        partner_code,
        'private' as stage,
        amount_eur,
        amount_low_eur,
        amount_high_eur,
        qualifier,
        share_percent,
        document_code,
        document_line_number,
        document_status,
        'private_share' as payer_kind,
        partner_code as payer_code
    from {{ ref('int_operation_costs') }}
    where is_part and partner_code is not null and operation_code in (select totals.operation_code from totals)
),

-- a share that may lie inside another one of the same operation is shown, and not taken off the cost again
nested as (
    select distinct payments.line_code
    from payments
    inner join payments as wider on payments.operation_code = wider.operation_code and payments.possible_parent_code = wider.line_code
),

described as (
    select
        payments.operation_code,
        payments.payer_kind,
        payments.payer_code,
        max(payments.share_percent) as share_percent,
        bool_and(nested.line_code is not null) as is_nested,
        {{ largest('qualifier', 'payments') }} as qualifier,
        {{ largest('document_code', 'payments') }} as document_code,
        {{ largest('document_line_number', 'payments') }} as document_line_number,
        {{ largest('document_status', 'payments') }} as document_status
    from payments
    left join nested on payments.line_code = nested.line_code
    group by payments.operation_code, payments.payer_kind, payments.payer_code
),

staged as (
    select
        operation_code,
        payer_kind,
        payer_code,
        stage,
        sum(amount_eur) as amount_eur,
        sum(case when amount_eur is not null then amount_low_eur end) as low_eur,
        case when count(amount_eur) = count(amount_high_eur) then sum(amount_high_eur) end as high_eur
    from payments
    group by operation_code, payer_kind, payer_code, stage
),

-- stages of one payer show the same money on its way: the largest is what it brings
amounts_of_stages as (
    select
        operation_code,
        payer_kind,
        payer_code,
        {% for stage in stages() -%}
            max(case when stage = '{{ stage }}' then amount_eur end) as {{ stage }}_eur,
        {% endfor -%}
        max(amount_eur) as amount_eur,
        max(low_eur) as low_eur,
        {{ last_by('high_eur', ['coalesce(amount_eur, -1)'], keep_null=true) }} as high_eur
    from staged
    group by operation_code, payer_kind, payer_code
),

-- a percentage without an amount is that share of the cost, to half a point
final as (
    select
        described.*,
        amounts_of_stages.announced_eur,
        amounts_of_stages.contracted_eur,
        amounts_of_stages.programmed_eur,
        amounts_of_stages.committed_eur,
        amounts_of_stages.paid_eur,
        amounts_of_stages.amount_eur is null and totals.cost_eur * described.share_percent is not null as is_computed,
        cast(coalesce(amounts_of_stages.amount_eur, totals.cost_eur * described.share_percent * 0.01) as decimal(28, 2)) as brought_eur,
        cast(case
            when amounts_of_stages.amount_eur is not null then amounts_of_stages.low_eur
            else totals.cost_low_eur * greatest(described.share_percent - 0.5, 0) * 0.01
        end as decimal(28, 2)) as brought_low_eur,
        cast(case
            when amounts_of_stages.amount_eur is not null then amounts_of_stages.high_eur
            else totals.cost_high_eur * least(described.share_percent + 0.5, 100) * 0.01
        end as decimal(28, 2)) as brought_high_eur
    from described
    inner join amounts_of_stages
        on
            described.operation_code = amounts_of_stages.operation_code
            and described.payer_kind = amounts_of_stages.payer_kind
            and described.payer_code = amounts_of_stages.payer_code
    inner join totals on described.operation_code = totals.operation_code
)

select * from final
