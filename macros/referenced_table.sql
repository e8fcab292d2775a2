{#- Name of the model that an argument of a test points to. -#}
{% macro referenced_table(relation) %}
    {{ return((modules.re.findall('\\w+', relation | string) or [''])[-1]) }}
{% endmacro %}
