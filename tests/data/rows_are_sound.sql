{{ config(enabled=target.type == 'duckdb') }}
-- every model that is built reads staging, and all of staging reads rejects: nothing is built on a broken row
select
    file_name,
    line_number,
    column_name,
    reason
from {{ ref('rejects') }}
{% if var('keep_rejects') %}where landing_file is null{% endif %}
