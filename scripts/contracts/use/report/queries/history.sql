-- Versions of a line that changed what was known before.
select
    history.line_code,
    history.label_fr,
    history.contract_key,
    contracts.label_fr as contract_label_fr,
    history.stage_key,
    history.effective_on,
    history.recorded_on,
    history.previous_amount_eur,
    history.amount_eur,
    history.change_eur,
    documents.title as document_title,
    history.line_number
from quality.line_history as history
left join star.dim_contract as contracts on history.contract_key = contracts.contract_key
left join star.dim_document as documents on history.document_key = documents.document_key
where history.version_number > 1
order by history.recorded_on, history.line_code
