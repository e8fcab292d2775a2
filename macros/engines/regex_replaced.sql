{#-
  A text in which every match of a regular expression is replaced.
  text: expression. pattern: as regex_pattern takes it. replacement: plain text.
-#}
{% macro regex_replaced(text, pattern, replacement) -%}
{{ adapter.dispatch('regex_replaced')(text, regex_pattern(pattern), replacement) }}
{%- endmacro %}


{% macro default__regex_replaced(text, pattern, replacement) -%}
regexp_replace({{ text }}, {{ pattern }}, '{{ replacement }}', 'g')
{%- endmacro %}


{% macro spark__regex_replaced(text, pattern, replacement) -%}
regexp_replace({{ text }}, {{ pattern }}, '{{ replacement }}')
{%- endmacro %}
