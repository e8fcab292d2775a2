with placed as (
    select * from {{ ref('int_lines_in_tree') }}
    where snapshot_kind = 'current'
),

versions as (
    select * from {{ ref('int_lines_versioned') }}
),

axis_themes as (
    select * from {{ ref('int_axis_themes') }}
),

coded as (
    select
        placed.line_id,
        versions.line_code
    from placed
    inner join versions on placed.version_id = versions.version_id
),

final as (
    select
        placed.line_id,
        placed.version_id,
        versions.line_code,
        versions.contract_code,
        versions.label_fr,
        versions.line_use,
        versions.parent_line_code,
        versions.parent_basis,
        versions.possible_parent_code,
        versions.progress_of_line_code,
        versions.bound_line_code,
        versions.bound_relation,
        totals.line_code as total_line_code,
        roots.line_code as root_line_code,
        placed.level_number,
        versions.breakdown,
        versions.axis_code,
        coalesce(versions.theme_code, axis_themes.theme_code) as theme_code,
        versions.partner_code,
        versions.beneficiary_partner_code,
        versions.fund_code,
        versions.operation_code,
        placed.territory_code,
        placed.territory_relation,
        versions.stage,
        versions.instrument,
        versions.credit_nature,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.qualifier,
        versions.amount_status,
        versions.share_percent,
        placed.period_start_year,
        placed.period_end_year,
        versions.period_basis,
        versions.year_count,
        versions.measure_basis,
        versions.as_of_date,
        versions.effective_on,
        versions.recorded_on,
        versions.inferred_columns,
        versions.document_code,
        versions.document_line_number,
        versions.document_status,
        versions.note
    from placed
    inner join versions on placed.version_id = versions.version_id
    left join coded as totals on placed.total_line_id = totals.line_id
    left join coded as roots on placed.root_line_id = roots.line_id
    left join axis_themes on versions.axis_code = axis_themes.axis_code
)

select * from final
