{#-
  What must hold of each row of a seed and of the files landed beside it, from the arguments of the test sound_seed: a list of
  (column, rule, what is wrong in words, SQL condition of a broken row). References, which need other tables, are not among them.
-#}
{% macro sound_seed_checks(required=[], not_negative=[], ordered=[], allowed={}, patterns={}, luhn=[]) %}
    {%- set checks = [] %}
    {%- for column in required %}
        {%- do checks.append((column, 'required', 'is empty', "coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '') = ''")) %}
    {%- endfor %}
    {%- for column in not_negative %}
        {%- do checks.append((column, 'not_negative', 'is negative', column ~ ' < 0')) %}
    {%- endfor %}
    {%- for first, last in ordered %}
        {%- do checks.append((last, 'ordered', 'is before ' ~ first, last ~ ' < ' ~ first)) %}
    {%- endfor %}
    {%- for column, values in allowed.items() %}
        {%- do checks.append((column, 'allowed', 'is not one of ' ~ values | join(', '), column ~ " not in ('" ~ values | join("', '") ~ "')")) %}
    {%- endfor %}
    {%- for column, pattern in patterns.items() %}
        {%- do checks.append((column, 'pattern', 'does not look like ' ~ pattern, "not " ~ regex_is(column, pattern))) %}
    {%- endfor %}
    {%- for column in luhn %}
        {%- do checks.append((column, 'check_digit', 'has a wrong check digit', luhn_sum(column) ~ ' % 10 <> 0')) %}
    {%- endfor %}
    {{ return(checks) }}
{% endmacro %}


{#- Name of the table that an argument of a test points to, without the prefix of its staging model. -#}
{% macro referenced_table(relation) %}
    {{ return((modules.re.findall('\\w+', relation | string) or [''])[-1] | replace('stg_contracts__', '')) }}
{% endmacro %}
