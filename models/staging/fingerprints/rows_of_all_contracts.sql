{{ config(materialized='ephemeral') }}
-- rows that any contract may depend on without naming them
{% set shared_tables = vocabulary_tables() + ['partner_group_members', 'territory_members'] %}

with partners as (
    {{ accepted_rows('partners') }}
),

territories as (
    {{ accepted_rows('territories') }}
),

lines as (
    {{ accepted_rows('financial_lines') }}
),

accepted as (
    {{ accepted_rows('accepted_contradictions') }}
),

official as (
    select * from {{ ref('stg_official__territories') }}
),

partners_above_others as (
    select parent_partner_code as partner_code from partners
    union
    select successor_partner_code as partner_code from partners
),

final as (
    {% for table in shared_tables -%}
        select row_hash from ({{ accepted_rows(table) }}) as rows_of_table
        union all
    {% endfor -%}
    select partners.row_hash
    from partners
    inner join partners_above_others on partners.partner_code = partners_above_others.partner_code
    union all
    select row_hash from territories
    where
        territory_code in (select below.parent_territory_code from territories as below)
        or (official_code is not null and territory_type_code <> 'commune')
    union all
    -- about no line
    select row_hash from accepted
    where
        split_part(subject_code, ' @ ', 1) not in (
            select lines.line_code from lines
            where lines.line_code is not null
        )
    union all
    select hash(official) as row_hash from official
)

select * from final
