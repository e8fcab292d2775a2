select
    trim(rule_id) as rule_id,
    trim(severity) as severity,
    trim(sentence_en) as sentence_en,
    trim(sentence_fr) as sentence_fr,
    trim(spoiled_marts) as spoiled_marts,
    trim(repaired_by) as repaired_by
from {{ ref('consistency_rules') }}
