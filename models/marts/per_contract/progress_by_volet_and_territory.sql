with cells as (
    select * from {{ ref('int_progress_cells') }}
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

axes as (
    select * from {{ ref('dim_axis') }}
),

territories as (
    select * from {{ ref('dim_territory') }}
),

final as (
    select
        cells.contract_code as contract_key,
        contracts.label_fr as contract_label_fr,
        cells.volet_code as volet_key,
        axes.label_fr as volet_label_fr,
        cells.territory_code as territory_key,
        territories.label_fr as territory_label_fr,
        cells.closing_date,
        cast(cells.contracted_eur as decimal(28, 2)) as contracted_eur,
        cast(cells.all_programmed_eur as decimal(28, 2)) as programmed_eur,
        cast(cells.all_committed_eur as decimal(28, 2)) as committed_eur,
        cast(cells.all_paid_eur as decimal(28, 2)) as paid_eur,
        {{ rate_percent('cells.programmed_eur', 'cells.contracted_eur') }} as programming_rate_percent,
        {{ rate_percent('cells.programmed_low_eur', 'cells.contracted_high_eur') }} as programming_rate_low_percent,
        {{ rate_percent('cells.programmed_high_eur', 'cells.contracted_low_eur') }} as programming_rate_high_percent,
        {{ rate_percent('cells.committed_eur', 'cells.contracted_eur') }} as commitment_rate_percent,
        {{ rate_percent('cells.committed_low_eur', 'cells.contracted_high_eur') }} as commitment_rate_low_percent,
        {{ rate_percent('cells.committed_high_eur', 'cells.contracted_low_eur') }} as commitment_rate_high_percent,
        {{ rate_percent('cells.paid_eur', 'cells.contracted_eur') }} as payment_rate_percent,
        {{ rate_percent('cells.paid_low_eur', 'cells.contracted_high_eur') }} as payment_rate_low_percent,
        {{ rate_percent('cells.paid_high_eur', 'cells.contracted_low_eur') }} as payment_rate_high_percent,
        -- the share of the contract's years that had passed on the closing date
        {{ rate_percent(
            'least(greatest(' ~ days_between('make_date(contracts.period_start_year, 1, 1)', 'cells.closing_date') ~ ' + 1, 0), '
            ~ days_between('make_date(contracts.period_start_year, 1, 1)', 'make_date(contracts.period_end_year + 1, 1, 1)') ~ ')',
            days_between('make_date(contracts.period_start_year, 1, 1)', 'make_date(contracts.period_end_year + 1, 1, 1)')
        ) }} as theoretical_rate_percent,
        {{ rate_caveat('cells', 'all_', 'cells') }} as rate_caveat
    from cells
    inner join contracts on cells.contract_code = contracts.contract_key
    inner join axes on cells.volet_code = axes.axis_key
    inner join territories on cells.territory_code = territories.territory_key
)

-- a reader of one contract then reads few rows
select * from final
order by contract_key, closing_date
