{#-
  A type that a seed's YAML names, as Spark names it.
  type: such as varchar or decimal(18, 2).
-#}
{% macro column_type(type) -%}
{{ 'string' if type == 'varchar' else type }}
{%- endmacro %}
