{#-
  Shape of one seed with the rows landed beside it, in one pass. Returns one row per defect: table, file, key of the row, column, rule, value found.
  key: columns of the primary key (a null in an optional key column counts as a value).
  file: column that names the file of a landed row; without it every row is of the seed.
  required: columns never empty. not_negative: numbers at least zero. ordered: pairs whose first may not exceed the second.
  allowed: column → accepted values. patterns: column → regular expression of the whole value.
  references: column, to (ref) and field that must hold the value. luhn: numbers whose last digit is their check digit (SIREN).
  changed: of a large table, column, in_model (ref) and field that hold the rows which a build works on; the others were checked when
  they came. A key is unique among all rows. changed_rows: model (ref) that holds those rows themselves, when there is one; rows
  without a value in column_of_changed belong to none, and are found as empty.
-#}
{% test sound_seed(
    model, key, file=none, required=[], not_negative=[], ordered=[], allowed={}, patterns={}, references=[], luhn=[], changed=none,
    changed_rows=none, column_of_changed=none
) %}
    {%- set table_name = model.identifier | replace('stg_contracts__', '') %}
    {%- set seed_file = "'seeds/" ~ table_name ~ ".csv'" %}
    {%- set file_name = 'coalesce(' ~ file ~ ', ' ~ seed_file ~ ')' if file else seed_file %}
    {%- set row_key -%}
        concat_ws(' / ', {% for column in key %}coalesce(cast({{ column }} as {{ dbt.type_string() }}), '∅'){{ ', ' if not loop.last }}{% endfor %})
    {%- endset %}
    {%- set checked_rows = changed_rows or model %}
    {%- set is_changed = 'true' %}
    {%- if changed %}
        {%- set is_changed = '(' ~ changed.column ~ ' is null or ' ~ changed.column ~ ' in (select ' ~ changed.field ~ ' from ' ~ changed.in_model ~ '))' %}
    {%- endif %}
    {%- set has_changed_key = 'true' %}
    {%- if changed or changed_rows %}
        {%- set has_changed_key = key[0] ~ ' in (select ' ~ key[0] ~ ' from ' ~ checked_rows ~ ' where ' ~ is_changed ~ ')' %}
    {%- endif %}
    {%- set checks = sound_seed_checks(required, not_negative, ordered, allowed, patterns, luhn) %}
    {%- set conditions = checks | map(attribute=3) | join(') or (') or 'false' %}

with broken as (
    select * from {{ checked_rows }}
    where {{ is_changed }} and (({{ conditions }}))
),

repeated as (
    select {{ key | join(', ') }}
    from {{ model }}
    where {{ has_changed_key }}
    group by {{ key | join(', ') }}
    having count(*) > 1
),

-- few: only their files are joined into a text
repetitions as (
    select rows_of_keys.*
    from {{ model }} as rows_of_keys
    inner join repeated
        on
            {% for column in key %}rows_of_keys.{{ column }} is not distinct from repeated.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
)

select
    '{{ table_name }}' as table_name, {{ joined_texts(file_name, ' + ', distinct=true) if file else file_name }} as file_name, {{ row_key }} as row_key,
    '{{ key | join(', ') }}' as column_name, 'is there ' || cast(count(*) as {{ dbt.type_string() }}) || ' times' as rule, {{ row_key }} as value_found
from repetitions
group by {{ key | join(', ') }}
    {%- for column, rule, wrong, condition in checks %}
union all
select
    '{{ table_name }}', {{ file_name }}, {{ row_key }}, '{{ column }}', {{ text_literal(wrong) }}, cast({{ column }} as {{ dbt.type_string() }})
from broken
where {{ condition }}
{%- endfor %}
    {#- a join, since DuckDB keeps the checked rows of every "not exists" in memory #}
    {%- for reference in references %}
union all
select
    '{{ table_name }}', {{ file_name }}, {{ row_key }}, '{{ reference.column }}', 'is unknown in {{ referenced_table(reference.to) }}',
    cast({{ reference.column }} as {{ dbt.type_string() }})
from (select * from {{ checked_rows }} where {{ is_changed }} and {{ reference.column }} is not null) as referring
left join (select {{ reference.field }} as referenced_value from {{ reference.to }}) as referenced on {{ reference.column }} = referenced_value
where referenced_value is null
{%- endfor %}
    {%- if column_of_changed %}
union all
select '{{ table_name }}', {{ file_name }}, {{ row_key }}, '{{ column_of_changed }}', 'is empty', null
from {{ model }}
where {{ column_of_changed }} is null
    {%- endif %}
{% endtest %}
