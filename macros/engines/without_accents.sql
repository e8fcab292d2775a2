{#-
  A French text with plain letters: « Élan » becomes « Elan ». Ligatures stay.
  text: expression.
-#}
{% macro without_accents(text) -%}
{{ adapter.dispatch('without_accents')(text) }}
{%- endmacro %}


{% macro default__without_accents(text) -%}
strip_accents({{ text }})
{%- endmacro %}


{% macro spark__without_accents(text) -%}
translate({{ text }}, 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸ', 'aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUYY')
{%- endmacro %}
