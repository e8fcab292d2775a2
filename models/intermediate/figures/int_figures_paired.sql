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
        {% for column in [
            'line_number', 'amount_eur', 'share_percent', 'basis', 'qualifier', 'line_use', 'funder_code', 'axis_code', 'territory_code',
            'period_start_year', 'period_end_year', 'stage', 'status', 'contract_code', 'operation_code',
        ] -%}
            second_reading.{{ column }} as second_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
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
                    candidates.second_amount_eur * candidates.multiplier = candidates.parsed_value
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
    {% for kind, relation, column in [
        ('funder', 'funders', 'funder_code'), ('axis', 'axes', 'axis_code'), ('place', 'territories', 'territory_code'),
        ('contract', 'contracts', 'contract_code'),
    ] -%}
        left join nested as {{ relation }}
            on
                {{ relation }}.code_kind = '{{ kind }}'
                and candidates.{{ column }} = {{ relation }}.one_code
                and candidates.second_{{ column }} = {{ relation }}.other_code
    {% endfor %}
)

select
    *,
    case when funder_agreement is not null then funder_agreement <> 'no' end as funder_agrees
from compared
