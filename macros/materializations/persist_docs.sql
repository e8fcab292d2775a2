{#-
  Writes the descriptions of a relation and of its columns as comments, in one statement. dbt-duckdb asks twice for the columns and
  needs a statement for each kind of comment.
-#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {% set comments = [] %}
    {% if for_relation and config.persist_relation_docs() and model.description %}
        {% do comments.append(alter_relation_comment(relation, model.description)) %}
    {% endif %}
    {% if for_columns and config.persist_column_docs() and model.columns %}
        {% for column in adapter.get_column_schema_from_query('select * from ' ~ relation) if column.name in model.columns %}
            {% do comments.append(
                'comment on column ' ~ relation ~ '.' ~ column.quoted ~ ' is ' ~ duckdb_escape_comment(model.columns[column.name].description) ~ ';'
            ) %}
        {% endfor %}
    {% endif %}
    {% if comments %}{% call statement('comments') %}{{ comments | join('\n') }}{% endcall %}{% endif %}
{% endmacro %}
