{#-
  SQL of the rows of a table whose key another row has. Of equal landed rows the first stays, of different ones none; a landed row with a
  key of the seeds is told, the seed's row is not. A null in an optional key column counts as a value.
-#}
{% macro repeated_keys(table) -%}
    {%- if not execute %}
    {{- text_rows(table) }}
    {%- else %}
    {%- set key = row_rules(table).key | join(', ') %}
    {%- set columns = table_columns(table) | join(', ') %}
    select
        * exclude (row_count, seed_count, is_different, first_file, place),
        '{{ row_rules(table).key | join(' / ') }}' as column_name,
        case when seed_count > 0 or is_different then 'key' else 'key_again' end as rule,
        row_key as value_found,
        '''' || row_key || case
            when landing_file is null then ''' is there ' || seed_count || ' times'
            when seed_count > 0 then ''' is a key of seeds/{{ table }}.csv'
            when is_different then ''' is there ' || row_count || ' times with different content'
            else ''' is there ' || row_count || ' times; the first, in ' || first_file || ', is loaded'
        end as reason
    from (
        select
            {{ rejected_row(table) }},
            count(*) over same_key as row_count,
            count(*) filter (where landing_file is null) over same_key as seed_count,
            min(hash({{ columns }})) over same_key <> max(hash({{ columns }})) over same_key as is_different,
            min(landing_file) over same_key as first_file,
            row_number() over (partition by {{ key }} order by landing_file, row_number) as place
        from ({{ text_rows(table) }}) as rows_of_table
        where hash({{ key }}) in (select hash({{ key }}) from ({{ text_rows(table) }}) as all_rows group by all having count(*) > 1)
        window same_key as (partition by {{ key }})
    ) as candidates
    where
        row_count > 1
        and case when landing_file is null then seed_count > 1 else seed_count > 0 or is_different or place > 1 end
    {%- endif %}
{%- endmacro %}
