with documents as (
    select * from {{ ref('stg_contracts__source_documents') }}
),

final as (
    select
        document_code as document_key,
        title,
        publisher,
        published_on,
        published_on_precision,
        document_status,
        source_url,
        sha256,
        line_count
    from documents
    union all
    select
        'unspecified' as document_key,
        'Non précisé' as title,
        null as publisher,
        null as published_on,
        null as published_on_precision,
        null as document_status,
        null as source_url,
        null as sha256,
        null as line_count
)

select * from final
