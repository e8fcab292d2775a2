{#-
  First or last element of a list; null where the list is empty.
  list: expression.
-#}
{% macro first_of(list) -%}
{{ adapter.dispatch('list_end')(list, false) }}
{%- endmacro %}


{% macro last_of(list) -%}
{{ adapter.dispatch('list_end')(list, true) }}
{%- endmacro %}


{% macro default__list_end(list, is_last) -%}
{{ list }}[{{ -1 if is_last else 1 }}]
{%- endmacro %}


{% macro spark__list_end(list, is_last) -%}
try_element_at({{ list }}, {{ -1 if is_last else 1 }})
{%- endmacro %}
