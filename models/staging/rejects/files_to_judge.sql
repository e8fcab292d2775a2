-- a cell is sound or not whatever other rows hold: files whose cells were all sound are judged again when they or the rules change
with judging as (
    select
        md5(concat_ws(
            '|', {{ rules_of_rows() }},
            (select sum(money_units.row_hash) from ({{ text_rows('money_units') }}) as money_units),
            (select sum(number_words.row_hash) from ({{ text_rows('number_words') }}) as number_words)
        )) as judged_with
)

select
    files.file,
    judging.judged_with
from {{ source('landing_files', 'files') }} as files
inner join judging on files.judged_with is distinct from judging.judged_with
