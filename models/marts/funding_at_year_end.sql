with states as (
    select * from {{ ref('int_year_states') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

known as (
    select recorded_on from {{ ref('line_history') }}
    where
        effective_on <= cast('{{ var("effective_as_of") }}' as date)
        and recorded_on <= cast('{{ var("known_as_of") }}' as date)
),

bounds as (
    select
        cast(extract(year from min(recorded_on)) as integer) as first_year,
        cast(extract(year from max(recorded_on)) as integer) as last_year
    from known
),

years as (
    select {{ numbers_between('first_year', 'last_year') }} as calendar_year
    from bounds
    where first_year is not null
),

-- a state lasts until the year before the next one
states_in_order as (
    select
        *,
        lead(calendar_year) over (partition by contract_code order by calendar_year) as next_year
    from states
),

final as (
    select
        states_in_order.contract_code as contract_key,
        contracts.label_fr as contract_label_fr,
        cast(years.calendar_year as integer) as calendar_year,
        states_in_order.announced_eur,
        states_in_order.contracted_eur,
        states_in_order.programmed_eur,
        states_in_order.committed_eur,
        states_in_order.paid_eur,
        cast(states_in_order.financial_line_count as bigint) as financial_line_count
    from states_in_order
    inner join years
        on
            states_in_order.calendar_year <= years.calendar_year
            and (states_in_order.next_year is null or states_in_order.next_year > years.calendar_year)
    inner join contracts on states_in_order.contract_code = contracts.contract_key
    where states_in_order.row_count > 0
)

select * from final
