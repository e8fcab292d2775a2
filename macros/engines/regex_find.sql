{#-
  The part of a text that a regular expression matches; empty text where nothing does.
  text: expression. pattern: as regex_pattern takes it. group: number of the group to take, 0 for the whole match.
-#}
{% macro regex_find(text, pattern, group=0) -%}
{{ adapter.dispatch('regex_find')(text, regex_pattern(pattern), group) }}
{%- endmacro %}


{% macro default__regex_find(text, pattern, group) -%}
regexp_extract({{ text }}, {{ pattern }}, {{ group }})
{%- endmacro %}


{% macro postgres__regex_find(text, pattern, group) -%}
coalesce(regexp_substr({{ text }}, {{ pattern }}, 1, 1, '', {{ group }}), '')
{%- endmacro %}
