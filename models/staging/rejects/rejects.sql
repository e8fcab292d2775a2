-- every row that no build takes, with its place in its file
with broken as (
    select * from {{ ref('rejects_found') }}
    union all
    select * from {{ ref('rejects_following') }}
),

unreadable as (
    select * from {{ source('landing_files', 'unreadable_rows') }}
),

unreadable_lines as (
    select
        file,
        list(line_number) as line_numbers
    from unreadable
    group by file
),

placed as (
    select
        broken.*,
        coalesce(broken.landing_file, 'seeds/' || broken.table_name || '.csv') as file_name,
        coalesce(unreadable_lines.line_numbers, []) as line_numbers
    from broken
    left join unreadable_lines on broken.landing_file = unreadable_lines.file
),

final as (
    select
        file_name,
        line_of_row(file_name, row_number, line_numbers) as line_number,
        table_name,
        row_key,
        column_name,
        rule,
        value_found,
        reason,
        landing_file,
        row_number
    from placed
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
