{#-
  Number of elements of a list.
  list: expression.
-#}
{% macro list_length(list) -%}
{{ adapter.dispatch('list_length')(list) }}
{%- endmacro %}


{% macro default__list_length(list) -%}
len({{ list }})
{%- endmacro %}


{% macro spark__list_length(list) -%}
size({{ list }})
{%- endmacro %}
