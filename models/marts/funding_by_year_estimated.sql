with funding as (
    select * from {{ ref('fct_funding') }}
    {{ only_changed_contracts('contract_key') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

periods as (
    select * from {{ ref('dim_period') }}
),

-- added up before it is spread: fewer cents to round
summed as (
    select
        contract_key,
        period_key,
        cast(sum(announced_eur) as decimal(18, 2)) as announced_eur,
        cast(sum(contracted_eur) as decimal(18, 2)) as contracted_eur,
        cast(sum(programmed_eur) as decimal(18, 2)) as programmed_eur,
        cast(sum(committed_eur) as decimal(18, 2)) as committed_eur,
        cast(sum(paid_eur) as decimal(18, 2)) as paid_eur,
        cast(sum(contracted_from_draft_eur) as decimal(18, 2)) as contracted_from_draft_eur,
        cast(sum(contracted_loan_eur) as decimal(18, 2)) as contracted_loan_eur,
        cast(sum(contracted_yearly_eur) as decimal(18, 2)) as contracted_yearly_eur,
        cast(sum(unallocated_contracted_eur) as decimal(18, 2)) as unallocated_contracted_eur,
        cast(sum(financial_line_count) as bigint) as financial_line_count
    from funding
    group by contract_key, period_key
),

years as (
    select
        period_key,
        {{ numbers_between('period_start_year', 'period_end_year') }} as calendar_year
    from periods
    where year_count is not null
),

-- a period without both years stays in one row without year
spread as (
    select
        summed.*,
        coalesce(periods.year_count, 1) as year_count,
        years.calendar_year,
        periods.year_count is null or years.calendar_year = periods.period_end_year as is_last
    from summed
    inner join periods on summed.period_key = periods.period_key
    left join years on summed.period_key = years.period_key
),

final as (
    select
        spread.contract_key,
        contracts.label_fr as contract_label_fr,
        coalesce(cast(spread.calendar_year as {{ dbt.type_string() }}), 'unspecified') as year_key,
        cast(spread.calendar_year as integer) as calendar_year,
        cast(sum({{ even_share('spread.announced_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2)) as announced_eur,
        cast(sum({{ even_share('spread.contracted_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2)) as contracted_eur,
        cast(sum({{ even_share('spread.programmed_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2)) as programmed_eur,
        cast(sum({{ even_share('spread.committed_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2)) as committed_eur,
        cast(sum({{ even_share('spread.paid_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2)) as paid_eur,
        cast(sum({{ even_share('spread.contracted_from_draft_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2))
            as contracted_from_draft_eur,
        cast(sum({{ even_share('spread.contracted_loan_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2))
            as contracted_loan_eur,
        cast(sum({{ even_share('spread.contracted_yearly_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2))
            as contracted_yearly_eur,
        cast(sum({{ even_share('spread.unallocated_contracted_eur', 'spread.year_count', 'spread.is_last') }}) as decimal(18, 2))
            as unallocated_contracted_eur,
        cast(sum(case when spread.is_last then spread.financial_line_count else 0 end) as bigint) as financial_line_count
    from spread
    inner join contracts on spread.contract_key = contracts.contract_key
    group by spread.contract_key, contracts.label_fr, spread.calendar_year
)

select * from final
