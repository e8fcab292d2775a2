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


{#- PostgreSQL knows no classes of Unicode: the separators are listed; \b is \y there -#}
{% macro postgres__regex_pattern(pattern) -%}
'{{ pattern | replace("'", "''") | replace('\\b', '\\y')
    | replace('\\p{Z}', '\\u0020\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000') }}'
{%- endmacro %}


{#- a raw literal, in which a backslash is a backslash -#}
{% macro spark__regex_pattern(pattern) -%}
r"{{ pattern }}"
{%- endmacro %}
