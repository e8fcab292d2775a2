{#-
  At the end of a run, prints up to five rows of every test that failed, so that the analyst reads table, row and rule
  instead of a count.
  results: the run results that dbt gives to on-run-end.
-#}
{% macro show_failing_rows(results) %}
    {% if execute and flags.WHICH in ('build', 'test') %}
        {% for result in results if result.node.resource_type == 'test' and result.status in ('fail', 'warn') %}
            {% set failing = run_query('select * from (' ~ result.node.compiled_code ~ ') as failing limit 5') %}
            {{ log('', info=true) }}
            {{ log(result.node.name ~ ' (' ~ result.failures ~ ' in all):', info=true) }}
            {% for row in failing.rows %}
                {% set cells = [] %}
                {% for name in failing.column_names %}{% do cells.append(name ~ ': ' ~ row[name]) %}{% endfor %}
                {{ log('  ' ~ cells | join(' · '), info=true) }}
            {% endfor %}
        {% endfor %}
    {% endif %}
{% endmacro %}
