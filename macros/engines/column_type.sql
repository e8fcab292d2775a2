{#-
  A type that a seed's YAML names, as the engine names it.
  type: such as varchar or decimal(18, 2).
-#}
{% macro column_type(type) -%}
{{ adapter.dispatch('column_type')(type) }}
{%- endmacro %}


{% macro default__column_type(type) -%}
{{ type }}
{%- endmacro %}


{% macro spark__column_type(type) -%}
{{ 'string' if type == 'varchar' else type }}
{%- endmacro %}
