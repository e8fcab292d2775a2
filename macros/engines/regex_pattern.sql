{#-
  A regular expression as the engine's text literal. Patterns are written as DuckDB (RE2) reads them.
  pattern: text.
-#}
{% macro regex_pattern(pattern) -%}
{{ adapter.dispatch('regex_pattern')(pattern) }}
{%- endmacro %}


{% macro default__regex_pattern(pattern) -%}
'{{ pattern | replace("'", "''") }}'
{%- endmacro %}


{#- a raw literal, in which a backslash is a backslash -#}
{% macro spark__regex_pattern(pattern) -%}
r"{{ pattern }}"
{%- endmacro %}
