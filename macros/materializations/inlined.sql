{#-
  The query with what it reads inlined. DuckDB computes a common table expression that is read twice once, and holds its rows whole and
  uncompressed. Where it only reads a table, or is an ephemeral model, each reader does better to scan the columns and rows that it keeps.
-#}
{% macro inlined(query) %}
    {{ return(modules.re.sub('(__dbt__cte__\\w+ as |\\w+ as (?=\\(\\s*select \\* from "))\\(', '\\1not materialized (', query)) }}
{% endmacro %}
