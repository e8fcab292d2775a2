-- Each declared total beside its parts, with the verdict.
select
    reconciliation.envelope_key,
    reconciliation.label_fr,
    reconciliation.contract_key,
    contracts.label_fr as contract_label_fr,
    reconciliation.line_use,
    reconciliation.stage_key,
    reconciliation.declared_eur,
    reconciliation.broken_down_eur,
    reconciliation.gap_eur,
    reconciliation.tolerance_eur,
    reconciliation.quantified_child_count,
    reconciliation.child_count,
    reconciliation.verdict,
    documents.title as document_title,
    reconciliation.line_number
from quality.envelope_reconciliation as reconciliation
left join star.dim_contract as contracts on reconciliation.contract_key = contracts.contract_key
left join star.dim_document as documents on reconciliation.document_key = documents.document_key
order by reconciliation.line_use desc, reconciliation.declared_eur desc nulls last, reconciliation.envelope_key asc
