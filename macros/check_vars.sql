{#- Before any command: stops at a variable that the project does not know, or a clock that is no date. -#}
{% macro check_vars() %}
    {% set known = ['effective_as_of', 'known_as_of', 'keep_rejects', 'lines_per_build'] %}
    {% for name in (invocation_args_dict.get('vars') or {}) if name not in known %}
        {% do exceptions.raise_compiler_error("--vars: '" ~ name ~ "' is none of " ~ known | join(', ')) %}
    {% endfor %}
    {% for clock in known[:2] if not is_day(var(clock) | string) %}
        {% do exceptions.raise_compiler_error("--vars: " ~ clock ~ " is a date such as 2016-12-31, not '" ~ var(clock) ~ "'") %}
    {% endfor %}
    {% if var('keep_rejects') not in [true, false] %}
        {% do exceptions.raise_compiler_error("--vars: keep_rejects is true or false, not '" ~ var('keep_rejects') ~ "'") %}
    {% endif %}
    {% if var('lines_per_build') is not integer or var('lines_per_build') < 0 %}
        {% do exceptions.raise_compiler_error("--vars: lines_per_build is a whole number, not '" ~ var('lines_per_build') ~ "'") %}
    {% endif %}
{% endmacro %}


{#- Whether a text is a day of the calendar, written as 2016-12-31. -#}
{% macro is_day(text) %}
    {% set found = modules.re.fullmatch('([1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])', text) %}
    {% if found %}
        {% set first = modules.datetime.date(found[1] | int, found[2] | int, 1) %}
        {{ return((first + modules.datetime.timedelta(days=found[3] | int - 1)).isoformat() == text) }}
    {% endif %}
    {{ return(false) }}
{% endmacro %}
