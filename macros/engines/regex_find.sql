{#-
  The part of a text that a regular expression matches; empty text where nothing does.
  text: expression. pattern: as regex_pattern takes it. group: number of the group to take, 0 for the whole match.
-#}
{% macro regex_find(text, pattern, group=0) -%}
regexp_extract({{ text }}, {{ regex_pattern(pattern) }}, {{ group }})
{%- endmacro %}
