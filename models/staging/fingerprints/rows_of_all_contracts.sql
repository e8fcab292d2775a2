{{ config(materialized='ephemeral') }}
-- rows that any contract may depend on without naming them
{% set shared_tables = vocabulary_tables() + ['partner_group_members', 'territory_members'] %}

with partners as (
    {{ accepted_rows('partners') }}
),

territories as (
    {{ accepted_rows('territories') }}
),

accepted as (
    {{ accepted_rows('accepted_contradictions') }}
)

{% for table in shared_tables -%}
    select row_hash from ({{ accepted_rows(table) }}) as rows_of_table
    union all
{% endfor -%}
-- above others
select partners.row_hash
from partners
where partners.partner_code in (
    select above.parent_partner_code from partners as above
    union
    select above.successor_partner_code from partners as above
)
union all
select territories.row_hash
from territories
where
    territories.territory_code in (select above.parent_territory_code from territories as above)
    or (territories.official_code is not null and territories.territory_type_code <> 'commune')
union all
-- about no line
select accepted.row_hash
from accepted
where split_part(accepted.subject_code, ' @ ', 1) not in (
    select lines.line_code from ({{ accepted_rows('financial_lines') }}) as lines
    where lines.line_code is not null
)
union all
select hash(official) as row_hash from {{ ref('stg_official__territories') }} as official
