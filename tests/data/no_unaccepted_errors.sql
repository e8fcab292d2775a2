-- a rule of severity error fails the build unless the documents themselves contain the contradiction
select
    rule_id,
    subject_code,
    expected,
    found,
    reason,
    repaired_by
from {{ ref('discrepancies') }}
where severity = 'error' and accepted_reason is null
