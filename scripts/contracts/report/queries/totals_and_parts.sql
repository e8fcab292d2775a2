-- The money tree: each counted total with its declared amount and each of its parts.
select
    parts.line_code,
    parts.part_line_code,
    envelopes.label_fr,
    envelopes.contract_key,
    envelopes.stage_key,
    envelopes.declared_eur
from star.fct_envelope as envelopes
left join intermediate.int_total_parts as parts on envelopes.envelope_key = parts.line_code and parts.snapshot = 'current'
where envelopes.line_use = 'counted'
order by parts.line_code, parts.part_line_code
