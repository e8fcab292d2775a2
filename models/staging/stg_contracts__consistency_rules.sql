select
    cast(trim(rule_id) as varchar) as rule_id,
    cast(trim(severity) as varchar) as severity,
    cast(trim(sentence_en) as varchar) as sentence_en,
    cast(trim(sentence_fr) as varchar) as sentence_fr,
    cast(trim(spoiled_marts) as varchar) as spoiled_marts,
    cast(trim(repaired_by) as varchar) as repaired_by
from {{ ref('consistency_rules') }}
