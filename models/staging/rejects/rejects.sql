-- every row that no build takes, with its place in its file
with broken as (
    select * from {{ ref('rejects_found') }}
    union all
    select * from {{ ref('rejects_following') }}
),

unreadable as (
    select * from {{ source('landing_files', 'unreadable_rows') }}
),

placed as (
    select
        broken.*,
        coalesce(broken.landing_file, 'seeds/' || broken.table_name || '.csv') as file_name
    from broken
),

-- a row of a Parquet file has no line: its number stands for it
lined as (
    select
        placed.*,
        placed.row_number + coalesce(steps.lines_before, 0) as line_number
    from placed
    asof left join {{ source('landing_files', 'line_steps') }} as steps
        on placed.file_name = steps.file and placed.row_number >= steps.first_row
),

final as (
    select
        file_name,
        line_number,
        table_name,
        row_key,
        column_name,
        rule,
        value_found,
        reason,
        landing_file,
        row_number
    from lined
    union all
    select
        file as file_name,
        line_number,
        table_name,
        null as row_key,
        null as column_name,
        rule,
        value_found,
        reason,
        file as landing_file,
        null as row_number
    from unreadable
)

select * from final
