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
        {{ measure_sums() }}
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

added as (
    select
        contract_key,
        calendar_year,
        {% for measure in measures() -%}
            cast(sum({{ even_share(measure, 'year_count', 'is_last') }}) as decimal(28, 2)) as {{ measure }},
        {% endfor -%}
        cast(sum(case when is_last then financial_line_count else 0 end) as bigint) as financial_line_count
    from spread
    group by contract_key, calendar_year
),

final as (
    select
        added.contract_key,
        contracts.label_fr as contract_label_fr,
        coalesce(cast(added.calendar_year as {{ dbt.type_string() }}), 'unspecified') as year_key,
        cast(added.calendar_year as integer) as calendar_year,
        added.announced_eur,
        added.contracted_eur,
        added.programmed_eur,
        added.committed_eur,
        added.paid_eur,
        added.contracted_from_draft_eur,
        added.contracted_loan_eur,
        added.contracted_yearly_eur,
        added.unallocated_contracted_eur,
        added.financial_line_count
    from added
    inner join contracts on added.contract_key = contracts.contract_key
)

select * from final
