{#-
  Aggregate over lines: the value in the line of the largest amount, the first by code among equals; lines without amount come last.
  column: of the line, which may be null. lines: name of the relation.
-#}
{% macro largest(column, lines) -%}
{{ first_by(lines ~ '.' ~ column, ['-coalesce(' ~ lines ~ '.amount_eur, -1)', lines ~ '.line_code'], keep_null=true) }}
{%- endmacro %}
