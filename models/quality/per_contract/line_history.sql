with versions as (
    select * from {{ ref('int_lines_versioned') }}
),

lines_in_force as (
    select version_id from {{ ref('int_lines_current') }}
),

-- versions of one position replace each other; positions of different closing dates stand beside each other
compared as (
    select
        versions.*,
        lines_in_force.version_id is not null as is_in_force,
        row_number() over (
            partition by versions.line_code
            order by versions.as_of_date nulls first, versions.effective_on, versions.recorded_on
        ) as version_number,
        row_number() over position_versions = 1 as is_first_version,
        lag(versions.amount_eur) over position_versions as previous_amount_eur,
        lag(versions.axis_code) over position_versions as previous_axis_code,
        lag(versions.parent_line_code) over position_versions as previous_parent_line_code,
        lag(versions.stage) over position_versions as previous_stage
    from versions
    left join lines_in_force on versions.version_id = lines_in_force.version_id
    window position_versions as (
        partition by versions.line_code, versions.as_of_date
        order by versions.effective_on, versions.recorded_on
    )
),

final as (
    select
        line_code,
        cast(version_number as integer) as version_number,
        as_of_date,
        effective_on,
        recorded_on,
        is_in_force,
        label_fr,
        contract_code as contract_key,
        line_use,
        stage as stage_key,
        amount_eur,
        previous_amount_eur,
        cast(amount_eur - previous_amount_eur as decimal(18, 2)) as change_eur,
        is_withdrawn,
        case
            when is_first_version then 'first version'
            when is_withdrawn then 'withdrawn'
            else coalesce(nullif(concat_ws(
                ', ',
                case when amount_eur is distinct from previous_amount_eur then 'amount' end,
                case when axis_code is distinct from previous_axis_code then 'axis' end,
                case when parent_line_code is distinct from previous_parent_line_code then 'parent' end,
                case when stage is distinct from previous_stage then 'stage' end
            ), ''), 'source only')
        end as what_changed,
        possible_parent_code,
        coalesce(document_code, 'unspecified') as document_key,
        document_line_number as line_number,
        note
    from compared
)

select * from final
