-- Printed money figures of each document, and how many were read a second time; their sums are in quality.printed_counts.
select
    documents.document_key,
    documents.title as document_title,
    documents.publisher,
    documents.published_on,
    documents.published_on_precision,
    documents.document_status,
    documents.line_count,
    count(citations.mention_code) as figure_count,
    count(citations.verified_by) as read_twice_count
from star.dim_document as documents
left join quality.figure_citations as citations
    on
        documents.document_key = citations.document_key
        and citations.parsed_value is not null
        and (
            citations.subject_type = 'financial_line'
            or (
                citations.subject_type = 'none'
                and regexp_matches(lower(concat_ws(' ', citations.printed_figure, citations.printed_unit)), '€|euro')
            )
        )
where documents.document_key <> 'unspecified'
group by all
order by documents.published_on, documents.document_key
