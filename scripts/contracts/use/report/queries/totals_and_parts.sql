-- The money tree: each counted total with its declared amount and each of its parts.
select
    parts.envelope_key as line_code,
    parts.part_line_code,
    envelopes.label_fr,
    envelopes.contract_key,
    envelopes.stage_key,
    envelopes.declared_eur
from star.fct_envelope as envelopes
left join star.bridge_envelope_part as parts on envelopes.envelope_key = parts.envelope_key
where envelopes.line_use = 'counted'
order by parts.envelope_key, parts.part_line_code
