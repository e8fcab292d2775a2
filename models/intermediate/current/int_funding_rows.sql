-- a remainder carries the keys of its total
with counted as (
    select * from {{ ref('int_rows_counted') }}
    where snapshot_kind = 'current'
),

lines as (
    select * from {{ ref('int_lines_current') }}
),

final as (
    select
        counted.row_kind,
        lines.line_code,
        lines.label_fr,
        lines.contract_code,
        lines.axis_code,
        lines.theme_code,
        lines.partner_code,
        lines.beneficiary_partner_code,
        lines.fund_code,
        lines.operation_code,
        lines.territory_code,
        lines.territory_relation,
        lines.stage,
        lines.instrument,
        lines.credit_nature,
        counted.amount_eur,
        counted.amount_low_eur,
        counted.amount_high_eur,
        lines.qualifier,
        lines.share_percent,
        lines.amount_status,
        -- the amount of one year, of years that no document numbers
        lines.period_basis = 'per_year' and lines.year_count = 1 and coalesce(lines.period_end_year > lines.period_start_year, true)
            as is_yearly_of_unknown_length,
        lines.period_start_year,
        lines.period_end_year,
        lines.as_of_date,
        lines.effective_on,
        lines.recorded_on,
        lines.inferred_columns,
        lines.possible_parent_code,
        lines.document_code,
        lines.document_line_number,
        lines.document_status,
        lines.note
    from counted
    inner join lines on counted.line_id = lines.line_id
)

select * from final
