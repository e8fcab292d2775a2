-- depends_on: {{ ref('stg_official__territories') }}, {{ ref('codes_missing') }}
{% for table in landing_tables() + vocabulary_tables() if not execute or row_rules(table).references -%}
    {{ unknown_references(table) }}
    union all
{% endfor %}
select
    table_name,
    landing_file,
    row_number,
    missed_in,
    missed_code,
    row_key,
    column_name,
    rule,
    value_found,
    reason
from {{ ref('rejects_of_cells') }}
where false
