-- Each printed money figure beside every row of the second reading that may be about it, attribute by attribute.
-- True: both say the same. Null: the second reading does not say it, or an excluded figure has no place for it.
with figures as (
    select * from {{ ref('int_figures_attributed') }}
),

second_reading as (
    select
        *,
        concat_ws(' / ', document_code, line_number, locator, printed_figure, funder_code) as reading_code
    from {{ ref('stg_contracts__second_reading') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

nested as (
    select * from {{ ref('int_codes_nested') }}
),

-- digits and unit may stand on neighbouring lines
candidates as (
    select
        figures.*,
        second_reading.reading_code,
        abs(figures.line_number - second_reading.line_number) as line_distance,
        figures.subject_type = 'financial_line' as has_attributes,
        second_reading.amount_eur as second_amount_eur,
        second_reading.share_percent as second_share_percent,
        second_reading.basis as second_basis,
        second_reading.qualifier as second_qualifier,
        second_reading.line_use as second_line_use,
        second_reading.funder_code as second_funder_code,
        second_reading.axis_code as second_axis_code,
        second_reading.territory_code as second_territory_code,
        second_reading.period_start_year as second_period_start_year,
        second_reading.period_end_year as second_period_end_year,
        second_reading.stage as second_stage,
        second_reading.status as second_status,
        second_reading.contract_code as second_contract_code,
        second_reading.operation_code as second_operation_code
    from figures
    inner join second_reading
        on
            figures.document_code = second_reading.document_code
            and figures.line_number between second_reading.line_number - 2 and second_reading.line_number + 2
),

compared as (
    select
        candidates.*,
        coalesce(
            case
                when candidates.is_percent then candidates.second_share_percent = candidates.parsed_value
                else
                    cast(candidates.second_amount_eur as decimal(28, 2)) * candidates.multiplier = candidates.parsed_value
                    and (candidates.basis = 'per_year') = (candidates.second_basis = 'per_year')
            end,
            false
        ) as amount_agrees,
        candidates.qualifier = candidates.second_qualifier as qualifier_agrees,
        candidates.line_use = candidates.second_line_use as use_agrees,
        case
            when candidates.second_funder_code is null or not candidates.has_attributes then null
            when candidates.funder_code = candidates.second_funder_code then 'declared'
            when funders.one_code is not null then 'member'
            when partners.root_partner_code = second_partners.root_partner_code then 'root'
            else 'no'
        end as funder_agreement,
        case
            when candidates.second_axis_code is not null and candidates.has_attributes
                then axes.one_code is not null or coalesce(candidates.axis_code = candidates.second_axis_code, false)
        end as axis_agrees,
        case
            when candidates.second_territory_code is not null and candidates.has_attributes
                then coalesce(candidates.territory_code = candidates.second_territory_code, false) or territories.one_code is not null
        end as place_agrees,
        case
            when coalesce(candidates.second_period_start_year, candidates.second_period_end_year) is not null and candidates.has_attributes
                then
                    coalesce(candidates.second_period_start_year, candidates.period_start_year, 0)
                    = coalesce(candidates.period_start_year, 0)
                    and coalesce(candidates.second_period_end_year, candidates.period_end_year, 0)
                    = coalesce(candidates.period_end_year, 0)
        end as period_agrees,
        -- a counted line is nothing without its stage
        case
            when candidates.has_attributes and (candidates.second_stage is not null or candidates.line_use = 'counted')
                then coalesce(candidates.stage = candidates.second_stage, false)
        end as stage_agrees,
        case when candidates.second_status <> 'unknown' then candidates.status = candidates.second_status end as status_agrees,
        case
            when candidates.second_contract_code is not null and candidates.has_attributes
                then coalesce(candidates.contract_code = candidates.second_contract_code, false) or contracts.one_code is not null
        end as contract_agrees,
        case
            when candidates.second_operation_code is not null and candidates.has_attributes
                then coalesce(candidates.operation_code = candidates.second_operation_code, false)
        end as operation_agrees
    from candidates
    left join partners on candidates.funder_code = partners.partner_key
    left join partners as second_partners on candidates.second_funder_code = second_partners.partner_key
    left join nested as funders
        on
            funders.code_kind = 'funder'
            and candidates.funder_code = funders.one_code
            and candidates.second_funder_code = funders.other_code
    left join nested as axes
        on
            axes.code_kind = 'axis'
            and candidates.axis_code = axes.one_code
            and candidates.second_axis_code = axes.other_code
    left join nested as territories
        on
            territories.code_kind = 'place'
            and candidates.territory_code = territories.one_code
            and candidates.second_territory_code = territories.other_code
    left join nested as contracts
        on
            contracts.code_kind = 'contract'
            and candidates.contract_code = contracts.one_code
            and candidates.second_contract_code = contracts.other_code
)

select
    *,
    case when funder_agreement is not null then funder_agreement <> 'no' end as funder_agrees
from compared
