-- what the tree of lines is built from: numbers in place of codes, which are quicker to join
with versions as (
    select * from {{ ref('int_lines_versioned') }}
),

operations as (
    select * from {{ ref('stg_contracts__operations') }}
),

partners as (
    select * from {{ ref('stg_contracts__partners') }}
),

line_codes as (
    select distinct line_code from versions
),

line_ids as (
    select
        line_code,
        row_number() over (order by line_code) as line_id
    from line_codes
),

final as (
    select
        versions.version_id,
        line_ids.line_id,
        -- the version that counts is the visible one with the lowest rank; of a cumulative line the latest position; a withdrawal has no
        -- position, its effect dates it
        row_number() over (
            partition by line_ids.line_id
            order by
                coalesce(versions.as_of_date, versions.effective_on) desc,
                versions.effective_on desc,
                versions.recorded_on desc
        ) as version_rank,
        parent_ids.line_id as parent_line_id,
        versions.contract_code,
        versions.line_use,
        versions.breakdown,
        versions.stage,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.axis_code,
        versions.operation_code,
        versions.partner_code,
        progress_ids.line_id as progress_of_line_id,
        coalesce(versions.territory_code, operations.territory_code) as territory_code,
        versions.territory_relation,
        -- a yearly amount has the years that its document prints, no others
        versions.period_basis = 'total' and versions.period_status is null as inherits_period,
        versions.period_start_year,
        versions.period_end_year,
        versions.as_of_date,
        versions.effective_on,
        versions.recorded_on,
        versions.is_withdrawn,
        -- a part that names one funder and no axis may overlap a part that names an axis and no single funder
        versions.axis_code is null and coalesce(partners.partner_type_code <> 'group', false) as is_by_partner,
        versions.axis_code is not null and coalesce(partners.partner_type_code = 'group', true) as is_by_axis
    from versions
    inner join line_ids on versions.line_code = line_ids.line_code
    left join line_ids as parent_ids on versions.parent_line_code = parent_ids.line_code
    left join line_ids as progress_ids on versions.progress_of_line_code = progress_ids.line_code
    left join operations on versions.operation_code = operations.operation_code
    left join partners on versions.partner_code = partners.partner_code
)

select * from final
