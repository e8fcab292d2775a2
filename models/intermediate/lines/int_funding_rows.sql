{{ config(materialized='view') }}
with lines as (
    select * from {{ ref('int_lines_placed') }}
    where line_use = 'counted'
),

unallocated as (
    select * from {{ ref('int_unallocated') }}
),

totals as (
    select distinct
        snapshot,
        total_line_code
    from lines
    where total_line_code is not null
),

-- a line stands when nothing breaks it down; a total stands for what its parts leave of it
rows_of_lines as (
    select
        lines.*,
        'line' as row_kind,
        lines.amount_eur as row_eur,
        lines.amount_low_eur as row_low_eur,
        lines.amount_high_eur as row_high_eur
    from lines
    left join totals on lines.snapshot = totals.snapshot and lines.line_code = totals.total_line_code
    where totals.total_line_code is null
    union all
    select
        lines.*,
        'unallocated' as row_kind,
        unallocated.unallocated_eur as row_eur,
        unallocated.unallocated_low_eur as row_low_eur,
        unallocated.unallocated_high_eur as row_high_eur
    from lines
    inner join unallocated on lines.snapshot = unallocated.snapshot and lines.line_code = unallocated.line_code
),

final as (
    select
        snapshot,
        row_kind,
        contract_code,
        line_code,
        stage,
        instrument,
        document_status,
        axis_code,
        theme_code,
        partner_code,
        operation_code,
        territory_code,
        period_start_year,
        period_end_year,
        row_eur as amount_eur,
        row_low_eur as amount_low_eur,
        row_high_eur as amount_high_eur
    from rows_of_lines
)

select * from final
