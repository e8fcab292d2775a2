with versions as (
    select * from {{ ref('int_lines_versioned') }}
),

snapshots as (
    select * from {{ ref('int_snapshots') }}
),

-- what was in effect and known; year-ends and closing dates are asked for counted money only
known as (
    select
        snapshots.snapshot,
        versions.contract_code,
        versions.line_code,
        versions.line_use,
        versions.parent_line_code,
        versions.breakdown,
        versions.stage,
        versions.instrument,
        versions.document_status,
        versions.axis_code,
        versions.theme_code,
        versions.partner_code,
        versions.operation_code,
        versions.territory_code,
        versions.period_start_year,
        versions.period_end_year,
        versions.amount_eur,
        versions.amount_low_eur,
        versions.amount_high_eur,
        versions.as_of_date,
        versions.effective_on,
        versions.recorded_on,
        versions.is_withdrawn
    from versions
    inner join snapshots
        on
            versions.contract_code = snapshots.contract_code
            and versions.effective_on <= snapshots.effective_as_of
            and versions.recorded_on <= snapshots.known_as_of
            and coalesce(versions.as_of_date, versions.effective_on) <= snapshots.effective_as_of
    where versions.line_use = 'counted' or snapshots.snapshot = 'current'
),

-- one version of each line, and of a cumulative line its latest position; a withdrawal has no position, its effect dates it
ranked as (
    select
        *,
        row_number() over (
            partition by snapshot, line_code
            order by coalesce(as_of_date, effective_on) desc, effective_on desc, recorded_on desc
        ) as rank_number
    from known
)

select
    snapshot,
    contract_code,
    line_code,
    line_use,
    parent_line_code,
    breakdown,
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
    amount_eur,
    amount_low_eur,
    amount_high_eur,
    as_of_date,
    effective_on,
    recorded_on,
    is_withdrawn
from ranked
where rank_number = 1
