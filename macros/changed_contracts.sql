{#-
  In an incremental model: keeps the rows of the contracts that this build works on; all rows when the table is made anew.
  column: the contract's code in the rows. in_model: holds the contracts.
-#}
{% macro only_changed_contracts(column, in_model='int_contracts_changed') -%}
{%- set changed = ref(in_model) -%}
{% if is_incremental() %}where {{ column }} in (select contract_code from {{ changed }}){% endif %}
{%- endmacro %}


{#-
  Pre-hook of an incremental model: deletes the rows of the contracts that this build works on, and those of none, before they are
  appended anew.
  column: the contract's code in the table. or_rows: condition of further rows that the build makes anew.
  in_model: holds the contracts.
-#}
{% macro delete_changed_contracts(column='contract_key', or_rows=none, in_model='int_contracts_changed') -%}
{%- set changed = ref(in_model) -%}
{% if is_incremental() %}delete from {{ this }} where {{ column }} in (select contract_code from {{ changed }}) or {{ column }} is null{{ ' or ' ~ or_rows if or_rows }}{% endif %}
{%- endmacro %}


{#-
  Whether a result of a rule may change with another contract than its own, and its contract shares an operation with one that this build
  works on.
  rule: column of the rule's name. contract: column of the contract's code.
-#}
{% macro is_rule_of_shared_operation(rule, contract) -%}
({{ rule }} in ('cost_is_of_an_operation', 'shares_within_cost') and {{ contract }} in (select contract_code from {{ ref('int_contracts_of_operations') }}))
{%- endmacro %}
