{#-
  Aggregate: texts in their own order, in one text. Nulls are passed over.
  text: expression. separator: between two texts. distinct: each text once.
-#}
{% macro joined_texts(text, separator, distinct=false) -%}
{{ adapter.dispatch('joined_texts')(text, separator, distinct) }}
{%- endmacro %}


{% macro default__joined_texts(text, separator, distinct) -%}
string_agg({{ 'distinct ' if distinct }}{{ text }}, '{{ separator }}' order by {{ text }})
{%- endmacro %}


{% macro spark__joined_texts(text, separator, distinct) -%}
array_join(sort_array({{ 'collect_set' if distinct else 'collect_list' }}({{ text }})), '{{ separator }}')
{%- endmacro %}
