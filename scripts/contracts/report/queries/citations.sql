-- Every printed money figure: document, heading, line, figure as printed.
select
    mention_code,
    subject_type,
    subject_code,
    role,
    document_key,
    document_title,
    publisher,
    published_on,
    document_status,
    nearest_heading_fr,
    line_number,
    printed_figure,
    printed_unit,
    qualifier,
    parsed_value as parsed_eur,
    low_value as low_eur,
    high_value as high_eur,
    figures_agree,
    exclusion_reason,
    verified_by is not null as is_read_twice
from quality.figure_citations
where subject_type <> 'indicator'
order by published_on, document_key, line_number, mention_code
