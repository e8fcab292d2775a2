with source_documents as (
    {{ seed_and_landing('source_documents') }}
)

select
    cast(trim(document_code) as varchar) as document_code,
    cast(trim(title) as varchar) as title,
    cast(trim(publisher) as varchar) as publisher,
    cast(published_on as date) as published_on,
    cast(trim(published_on_precision) as varchar) as published_on_precision,
    cast(trim(document_status) as varchar) as document_status,
    cast(trim(source_url) as varchar) as source_url,
    cast(trim(sha256) as varchar) as sha256,
    cast(line_count as integer) as line_count,
    cast(trim(note) as varchar) as note,
    landing_file
from source_documents
