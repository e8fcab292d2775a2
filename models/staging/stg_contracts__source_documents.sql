with source_documents as (
    {{ seed_and_landing('source_documents') }}
)

select
    document_code,
    title,
    publisher,
    cast(published_on as date) as published_on,
    published_on_precision,
    document_status,
    source_url,
    sha256,
    cast(line_count as integer) as line_count,
    note,
    landing_file
from source_documents
