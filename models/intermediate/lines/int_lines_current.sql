with placed as (
    select * from {{ ref('int_lines_placed') }}
    where snapshot = 'current'
),

versions as (
    select * from {{ ref('int_lines_versioned') }}
),

final as (
    select
        placed.contract_code,
        placed.line_code,
        versions.label_fr,
        placed.line_use,
        placed.parent_line_code,
        versions.parent_basis,
        versions.possible_parent_code,
        placed.total_line_code,
        placed.root_line_code,
        placed.level_number,
        placed.breakdown,
        placed.axis_code,
        placed.theme_code,
        placed.partner_code,
        versions.beneficiary_partner_code,
        versions.fund_code,
        placed.operation_code,
        placed.territory_code,
        placed.stage,
        placed.instrument,
        versions.credit_nature,
        placed.amount_eur,
        placed.amount_low_eur,
        placed.amount_high_eur,
        versions.qualifier,
        versions.amount_status,
        versions.share_percent,
        placed.period_start_year,
        placed.period_end_year,
        versions.period_basis,
        versions.year_count,
        versions.measure_basis,
        placed.as_of_date,
        placed.effective_on,
        placed.recorded_on,
        versions.inferred_columns,
        versions.document_code,
        versions.document_line_number,
        placed.document_status,
        versions.note
    from placed
    inner join versions
        on
            placed.line_code = versions.line_code
            and placed.effective_on = versions.effective_on
            and placed.recorded_on = versions.recorded_on
            and placed.as_of_date is not distinct from versions.as_of_date
)

select * from final
