{#-
  In an incremental model: keeps the rows of the contracts that this build works on; all rows when the table is made anew.
  column: the contract's code in the rows.
-#}
{% macro only_changed_contracts(column) -%}
{%- set changed = ref('int_contracts_changed') -%}
{% if is_incremental() %}where {{ column }} in (select contract_code from {{ changed }}){% endif %}
{%- endmacro %}


{#-
  Pre-hook of an incremental model: deletes the rows of the contracts that this build works on, and those of none, before they are
  appended anew.
  column: the contract's code in the table. or_rows: condition of further rows that the build makes anew.
-#}
{% macro delete_changed_contracts(column='contract_key', or_rows=none) -%}
{%- set changed = ref('int_contracts_changed') -%}
{% if is_incremental() %}delete from {{ this }} where {{ column }} in (select contract_code from {{ changed }}) or {{ column }} is null{{ ' or ' ~ or_rows if or_rows }}{% endif %}
{%- endmacro %}
