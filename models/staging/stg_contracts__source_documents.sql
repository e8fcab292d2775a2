with source_documents as (
    {{ seed_and_landing('source_documents') }}
)

select
    trim(document_code) as document_code,
    trim(title) as title,
    trim(publisher) as publisher,
    cast(published_on as date) as published_on,
    trim(published_on_precision) as published_on_precision,
    trim(document_status) as document_status,
    trim(source_url) as source_url,
    trim(sha256) as sha256,
    cast(line_count as integer) as line_count,
    trim(note) as note,
    landing_file
from source_documents
