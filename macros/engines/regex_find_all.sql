{#-
  All parts of a text that a regular expression matches, as a list for first_of and last_of.
  text: expression. pattern: as regex_pattern takes it, without groups that capture.
-#}
{% macro regex_find_all(text, pattern) -%}
regexp_extract_all({{ text }}, {{ regex_pattern(pattern) }}, 0)
{%- endmacro %}
