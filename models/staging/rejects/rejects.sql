-- every row that no build takes, with its place in its file
with broken as (
    select * from {{ ref('rejects_found') }}
    union all
    select * from {{ ref('rejects_following') }}
),

-- the rows of a file stand together in the order of the file: the first tells the place of the others
first_rows as (
    {% for table in landing_tables() -%}
        select
            '{{ table }}' as table_name,
            landing_file,
            min(rowid) as row_id
        from {{ source('landing', table) }}
        where landing_file in (select broken.landing_file from broken)
        group by landing_file
        union all
    {% endfor -%}
    {% for table in landing_tables() + vocabulary_tables() -%}
        select
            '{{ table }}' as table_name,
            null as landing_file,
            min(rowid) as row_id
        from {{ ref(table) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

placed as (
    select
        broken.*,
        coalesce(broken.landing_file, 'seeds/' || broken.table_name || '.csv') as file_name,
        broken.row_id - first_rows.row_id + 1 as row_number
    from broken
    left join first_rows
        on broken.table_name = first_rows.table_name and broken.landing_file is not distinct from first_rows.landing_file
),

unreadable as (
    select * from {{ source('landing_files', 'unreadable_rows') }}
),

final as (
    select
        file_name,
        line_of_row(file_name, row_number) as line_number,
        table_name,
        row_key,
        column_name,
        rule,
        value_found,
        reason,
        landing_file,
        row_id
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
        null as row_id
    from unreadable
)

select * from final
