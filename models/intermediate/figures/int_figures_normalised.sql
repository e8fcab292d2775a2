-- depends_on: {{ ref('int_seeds_checked') }}
with mentions as (
    select * from {{ ref('stg_contracts__source_mentions') }}
),

-- figure and the unit that stands elsewhere, read as one text
texts as (
    select
        *,
        -- chr(160) and chr(8239) are the non-breaking spaces of French typography
        lower(regexp_replace(
            replace(replace(concat_ws(' ', printed_figure, printed_unit), chr(160), ' '), chr(8239), ' '), '\s+', ' ', 'g'
        )) as printed_text
    from mentions
),

parts as (
    select
        *,
        regexp_extract_all(printed_text, '[0-9]+(?: [0-9]{3})*(?:[.,][0-9]+)?') as number_texts,
        regexp_extract(printed_text, '^(?:d[''’])?([a-zéè-]+)', 1) as first_word,
        regexp_extract(printed_text, '^(?:d[''’])?[a-zéè-]+ ([a-zéè-]+)', 1) as second_word,
        regexp_extract(
            printed_text, '(?:^|[0-9 ])(milliards?|millions?|milliers?|mds?|mns?|m|k) ?(?:[ €.,;)]|$)', 1
        ) as unit_text
    from texts
)

select
    mention_code,
    document_code,
    line_number,
    subject_type,
    subject_code,
    subject_recorded_on,
    role,
    qualifier,
    basis,
    multiplier,
    printed_text,
    number_texts[1] as first_number_text,
    case when qualifier = 'range' then number_texts[len(number_texts)] end as last_number_text,
    first_word,
    second_word,
    unit_text,
    contains(printed_text, '%') as is_percent
from parts
