{#-
  Whether a regular expression matches a text from its first to its last character.
  text: expression. pattern: as regex_pattern takes it.
-#}
{% macro regex_is(text, pattern) -%}
{{ adapter.dispatch('regex_is')(text, pattern) }}
{%- endmacro %}


{% macro default__regex_is(text, pattern) -%}
regexp_full_match({{ text }}, {{ regex_pattern(pattern) }})
{%- endmacro %}


{% macro spark__regex_is(text, pattern) -%}
({{ text }} rlike {{ regex_pattern('^(?:' ~ pattern ~ ')$') }})
{%- endmacro %}
