with source_documents as (
    {{ accepted_rows('source_documents') }}
)

select
    document_code,
    title,
    publisher,
    try_cast(published_on as date) as published_on,
    published_on_precision,
    document_status,
    source_url,
    sha256,
    try_cast(line_count as integer) as line_count,
    note,
    landing_file
from source_documents
