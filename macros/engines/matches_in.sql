{#-
  In a select list: one row for each part of a text that matches a pattern; no row without a match.
  text: expression. pattern: regular expression without groups.
-#}
{% macro matches_in(text, pattern) -%}
{{ adapter.dispatch('matches_in')(text, pattern) }}
{%- endmacro %}


{% macro default__matches_in(text, pattern) -%}
unnest(regexp_extract_all({{ text }}, '{{ pattern }}'))
{%- endmacro %}


{% macro spark__matches_in(text, pattern) -%}
explode(regexp_extract_all({{ text }}, '{{ pattern }}', 0))
{%- endmacro %}
