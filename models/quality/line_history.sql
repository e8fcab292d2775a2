with versions as (
    select * from {{ ref('int_lines_versioned') }}
),

compared as (
    select
        *,
        row_number() over history as version_number,
        lag(amount_eur) over history as previous_amount_eur,
        lag(axis_code) over history as previous_axis_code,
        lag(parent_line_code) over history as previous_parent_line_code,
        lag(stage) over history as previous_stage
    from versions
    window history as (partition by line_code, as_of_date order by effective_on, recorded_on)
),

final as (
    select
        line_code,
        coalesce(as_of_date, date '0001-01-01') as position_date,
        cast(version_number as integer) as version_number,
        effective_on,
        recorded_on,
        label_fr,
        contract_code as contract_key,
        stage as stage_key,
        amount_eur,
        previous_amount_eur,
        amount_eur - previous_amount_eur as change_eur,
        is_withdrawn,
        case
            when version_number = 1 then 'first version'
            when is_withdrawn then 'withdrawn'
            else coalesce(nullif(concat_ws(
                ', ',
                case when amount_eur is distinct from previous_amount_eur then 'amount' end,
                case when axis_code is distinct from previous_axis_code then 'axis' end,
                case when parent_line_code is distinct from previous_parent_line_code then 'parent' end,
                case when stage is distinct from previous_stage then 'stage' end
            ), ''), 'source only')
        end as what_changed,
        document_code as document_key,
        document_line_number as line_number,
        note
    from compared
)

select * from final
