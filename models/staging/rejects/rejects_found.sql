with found as (
    select * from {{ ref('rejects_of_cells') }}
    union all
    select * from {{ ref('rejects_of_keys') }}
    union all
    select * from {{ ref('rejects_of_references') }}
    union all
    select * from {{ ref('rejects_of_loops') }}
    union all
    select * from {{ ref('rejects_of_figures') }}
    union all
    select * from {{ ref('rejects_of_contracts') }}
    union all
    select * from {{ ref('rejects_of_printed_figures') }}
),

-- a cell that is no value of its type is told as that, and a broken row not as one without figure
reasons_counted as (
    select
        *,
        count(*) filter (where rule = 'type') over (partition by table_name, landing_file, row_number, column_name) as misfit_count,
        count(*) filter (where rule not in ('figure', 'key_again')) over (partition by table_name, landing_file, row_number) as defect_count
    from found
)

select * exclude (misfit_count, defect_count)
from reasons_counted
where (misfit_count = 0 or rule = 'type') and (defect_count = 0 or rule <> 'figure')
