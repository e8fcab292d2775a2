-- Every printed money figure: document, heading, line, figure as printed; the contract of the line that it gives, where it gives one.
with lines as (
    select
        line_code,
        any_value(contract_key) as contract_key
    from quality.line_history
    group by line_code
)

select
    lines.contract_key,
    citations.mention_code,
    citations.subject_type,
    citations.subject_code,
    citations.role,
    citations.document_key,
    citations.document_title,
    citations.publisher,
    citations.published_on,
    citations.document_status,
    citations.nearest_heading_fr,
    citations.line_number,
    citations.printed_figure,
    citations.printed_unit,
    citations.qualifier,
    citations.parsed_value as parsed_eur,
    citations.low_value as low_eur,
    citations.high_value as high_eur,
    citations.figures_agree,
    citations.exclusion_reason,
    citations.verified_by is not null as is_read_twice
from quality.figure_citations as citations
left join lines on citations.subject_type = 'financial_line' and citations.subject_code = lines.line_code
where citations.subject_type <> 'indicator'
order by citations.published_on, citations.document_key, citations.line_number, citations.mention_code
