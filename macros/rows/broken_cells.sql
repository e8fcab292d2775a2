{#-
  What is wrong with the cells of a row, as a list of (column, rule, what is wrong in words, SQL condition on the texts of the row).
  A value is taken by its written form, not by what a cast makes of it: 2015.4 is no year, 20-01-01 no date of our time.
  table: name. columns: name → type. rules: row_rules of the table.
-#}
{% macro cell_checks(table, columns, rules) %}
    {#- signs that control a device or stand for one that could not be read; spaces that are no plain ones -#}
    {%- set control_signs = '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\x{FFFD}]' %}
    {%- set odd_spaces = '^[\\s\\p{Z}\\x{200B}\\x{FEFF}]|[\\s\\p{Z}\\x{200B}\\x{FEFF}]$' %}
    {%- set checks = [] %}
    {%- for column, type in columns.items() %}
        {%- if type == 'varchar' %}
            {%- for rule, wrong, signs in [
                ('control_sign', 'holds a control sign or one that was unreadable', control_signs),
                ('odd_space', 'begins or ends with a space that is no plain one', odd_spaces),
            ] %}
                {%- do checks.append((column, rule, wrong, 'regexp_matches(' ~ column ~ ", '" ~ signs ~ "')")) %}
            {%- endfor %}
            {%- do checks.append((column, 'cell_too_long', 'is longer than 10000 signs', 'length(' ~ column ~ ') > 10000')) %}
        {%- else %}
            {%- do checks.append((column, 'type', 'is no ' ~ type, column ~ ' is not null and not ' ~ is_written_as(column, type))) %}
        {%- endif %}
    {%- endfor %}
    {%- for column in rules.get('required', []) %}
        {%- do checks.append((column, 'required', 'is empty', column ~ ' is null')) %}
    {%- endfor %}
    {%- for column in rules.key if column.endswith('_code') and table in landing_tables() %}
        {%- do checks.append((column, 'reserved', 'is a word that the marts use for what is not told', column ~ " = 'unspecified'")) %}
    {%- endfor %}
    {%- for column in rules.get('not_negative', []) %}
        {%- do checks.append((column, 'not_negative', 'is negative', column ~ " like '-%'")) %}
    {%- endfor %}
    {%- for column in rules.get('positive', []) %}
        {%- do checks.append((column, 'positive', 'is not 1 or more', 'try_cast(' ~ column ~ ' as bigint) < 1')) %}
    {%- endfor %}
    {%- for first, last in rules.get('ordered', []) %}
        {%- set type = columns.get(last) %}
        {%- do checks.append((
            last, 'ordered', 'is before ' ~ first, 'try_cast(' ~ last ~ ' as ' ~ type ~ ') < try_cast(' ~ first ~ ' as ' ~ type ~ ')'
        )) %}
    {%- endfor %}
    {%- for column, values in rules.get('allowed', {}).items() %}
        {%- set words = "('" ~ values | join("', '") ~ "')" %}
        {%- do checks.append((column, 'allowed', 'is not one of ' ~ values | join(', '), column ~ ' not in ' ~ words)) %}
    {%- endfor %}
    {%- for column, pattern in rules.get('patterns', {}).items() %}
        {%- do checks.append((column, 'pattern', 'is malformed, not like ' ~ pattern, 'not ' ~ regex_is(column, pattern))) %}
    {%- endfor %}
    {%- for column in rules.get('luhn', []) %}
        {%- set is_number = 'regexp_full_match(' ~ column ~ ", '[0-9]{1,14}')" %}
        {%- do checks.append((column, 'check_digit', 'has a wrong check digit', is_number ~ ' and ' ~ luhn_sum(column) ~ ' % 10 <> 0')) %}
    {%- endfor %}
    {{ return(checks) }}
{% endmacro %}


{#- Whether a text is written as a value of a type. Years and dates lie between 1950 and 2100. -#}
{% macro is_written_as(column, type) %}
    {%- if type == 'date' -%}
        (
            regexp_full_match({{ column }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') and {{ column }} between '1950-01-01' and '2100-12-31'
            and try_cast({{ column }} as date) is not null
        )
    {%- elif type == 'integer' and column.endswith('_year') -%}
        (regexp_full_match({{ column }}, '[0-9]{4}') and {{ column }} between '1950' and '2100')
    {%- elif type == 'integer' -%}
        regexp_full_match({{ column }}, '-?[0-9]{1,9}')
    {%- elif type == 'bigint' -%}
        regexp_full_match({{ column }}, '-?[0-9]{1,18}')
    {%- elif type == 'boolean' -%}
        (lower({{ column }}) in ('true', 'false'))
    {%- else -%}
        {%- set digits = modules.re.findall('[0-9]+', type) | map('int') | list -%}
        regexp_full_match({{ column }}, '-?[0-9]{1,{{ digits[0] - digits[1] }}}([.][0-9]{1,{{ digits[1] }}}0*)?')
    {%- endif -%}
{% endmacro %}


{#-
  SQL of the broken cells of a table, one row each, with the columns of rejected_rows.
  Most rows are sound: all texts of a row are looked at together first, for usual signs only, and the list of defects is made for the
  others.
-#}
{% macro broken_cells(table) -%}
    {%- if not execute %}
    {{- text_rows(table, unjudged=true) }}
    {%- else %}
    {%- set columns = table_columns(table) %}
    {%- set rules = row_rules(table) %}
    {%- set checks = cell_checks(table, columns, rules) %}
    {%- set texts, others = [], [] %}
    {%- for column, type in columns.items() if type == 'varchar' %}{% do texts.append(column) %}{% endfor %}
    {%- set reasons = text_literals(checks | map(attribute=2) | list) %}
    {%- for check in checks if check[1] not in ('control_sign', 'odd_space', 'cell_too_long') %}{% do others.append(check[3]) %}{% endfor %}
    select
        {{ rejected_row(table) }},
        defect.column_name, defect.rule, defect.value_found,
        coalesce('''' || left(defect.value_found, 60) || case when length(defect.value_found) > 60 then '…' else '' end || ''' ', '')
        || defect.reason as reason
    from (
        select
            *,
            unnest([
                {%- for column, rule, wrong, condition in checks %}
                case when {{ condition }} then {
                    'column_name': '{{ column }}', 'rule': '{{ rule }}',
                    'value_found': left({{ column }}, 200), 'reason': {{ reasons[loop.index0] }}
                } end{{ ',' if not loop.last }}
                {%- endfor %}
            ]) as defect
        from ({{ text_rows(table, unjudged=true) }}) as rows_of_table
        where
            {% if texts -%}
            regexp_matches(concat_ws('', {{ texts | join(', ') }}), '[^ -~¡-ÿŒœ€–—‘’“”…]')
            or strlen(concat_ws('', {{ texts | join(', ') }})) > 10000
            {%- else -%}
            false
            {%- endif %}
            {%- for condition in others %}
            or {{ condition }}
            {%- endfor %}
    ) as looked_at
    where defect is not null
    {%- endif %}
{%- endmacro %}


{#-
  SQL of the first columns of a reject: table, file, row, key, and under which table and code others miss it. A mention that states the
  figure of a line or an indicator is missed by that.
-#}
{% macro rejected_row(table) -%}
    {%- set key = row_rules(table).key -%}
    '{{ table }}' as table_name, landing_file, row_number,
    {%- if table == 'source_mentions' %}
    case when role in ('states', 'revises') then subject_type || 's' end as missed_in, subject_code as missed_code,
    {%- else %}
    '{{ table }}' as missed_in, {{ key[0] }} as missed_code,
    {%- endif %}
    concat_ws(' / ', {% for column in key %}coalesce({{ column }}, '∅'){{ ', ' if not loop.last }}{% endfor %}) as row_key
{%- endmacro %}
