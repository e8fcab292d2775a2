-- What a reader should know before quoting a figure.
with lines as (
    select
        line_code,
        arg_max(label_fr, recorded_on) as label_fr,
        arg_max(contract_key, recorded_on) as contract_key
    from quality.line_history
    group by line_code
)

select
    discrepancies.discrepancy_key,
    discrepancies.rule_id,
    discrepancies.subject_type,
    discrepancies.subject_code,
    coalesce(discrepancies.contract_key, lines.contract_key, indicators.contract_key) as contract_key,
    contracts.label_fr as contract_label_fr,
    coalesce(lines.label_fr, indicators.label_fr, operations.label_fr) as subject_label_fr,
    discrepancies.severity,
    discrepancies.sentence_fr,
    discrepancies.sentence_en,
    discrepancies.expected,
    discrepancies.found,
    discrepancies.difference as difference_eur,
    discrepancies.reason,
    discrepancies.repaired_by
from quality.discrepancies as discrepancies
left join lines on discrepancies.subject_code = lines.line_code
left join star.fct_indicator as indicators on discrepancies.subject_code = indicators.indicator_key
left join
    star.dim_operation as operations
    on discrepancies.subject_type = 'operation' and discrepancies.subject_code = operations.operation_key
left join
    star.dim_contract as contracts
    on coalesce(discrepancies.contract_key, lines.contract_key, indicators.contract_key) = contracts.contract_key
order by discrepancies.rule_id asc, discrepancies.difference desc nulls last, discrepancies.discrepancy_key asc
