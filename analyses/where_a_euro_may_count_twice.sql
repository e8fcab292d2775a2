-- Where may a euro be counted twice?
-- Each row is a line that may lie inside a total of another contract or of another line, although no document says so. Both are counted,
-- each in its own place, until a document tells. Where both have the same stage, the same column of a table that takes both contracts may
-- hold the money twice, at most for the amount of the line; where stages differ no column holds both.
-- Null amount: the line is named without an amount. The amounts are not to be added up: some lines may lie inside each other.
-- A line points to one total at most, so an overlap that only a note of the line tells is not listed.
with lines as (
    -- a total that its parts fill has no row of its own in the facts, so the history of lines is read
    select * from {{ ref('line_history') }}
    where is_in_force and line_use = 'counted'
),

contracts as (
    select * from {{ ref('dim_contract') }}
),

stages as (
    select * from {{ ref('dim_stage') }}
),

labelled as (
    select
        lines.line_code,
        lines.possible_parent_code,
        lines.label_fr,
        lines.amount_eur,
        contracts.label_fr as contract_label_fr,
        stages.stage_key,
        stages.label_fr as stage_label_fr
    from lines
    inner join contracts on lines.contract_key = contracts.contract_key
    inner join stages on lines.stage_key = stages.stage_key
)

select
    parts.label_fr as line_label_fr,
    parts.contract_label_fr,
    parts.stage_label_fr as line_stage_fr,
    parts.amount_eur as line_eur,
    totals.label_fr as possible_total_label_fr,
    totals.contract_label_fr as total_contract_label_fr,
    totals.stage_label_fr as total_stage_fr,
    totals.amount_eur as total_eur,
    parts.stage_key = totals.stage_key as is_same_stage
from labelled as parts
inner join labelled as totals on parts.possible_parent_code = totals.line_code
order by is_same_stage desc, line_eur desc nulls last, parts.line_code asc
