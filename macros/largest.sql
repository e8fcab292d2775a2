{#-
  Aggregate over lines: the value in the line of the largest amount, of the largest share where none has an amount, the first by code among
  equals.
  column: of the line, which may be null. lines: name of the relation.
-#}
{% macro largest(column, lines) -%}
{{ first_by(
    lines ~ '.' ~ column,
    ['-coalesce(' ~ lines ~ '.amount_eur, -1)', '-coalesce(' ~ lines ~ '.share_percent, -1)', lines ~ '.line_code'],
    keep_null=true
) }}
{%- endmacro %}
