{{ config(materialized='view') }}
select *
from {{ ref('int_lines_known') }}
where not is_withdrawn
