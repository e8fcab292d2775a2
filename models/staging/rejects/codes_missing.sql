-- depends_on: {{ ref('stg_official__territories') }}
-- What is named is looked up once for all tables: a join for each reference would hold the codes of all lines once for each.
with named as (
    {% for table in landing_tables() + vocabulary_tables() if not execute or row_rules(table).references -%}
        {{ codes_named(table) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

known as (
    {{ codes_known() }}
),

codes as (
    select
        *,
        false as is_known
    from named
    union all
    select
        *,
        true as is_known
    from known
),

final as (
    select
        named_in,
        code
    from codes
    group by named_in, code
    having not bool_or(is_known)
)

select * from final
