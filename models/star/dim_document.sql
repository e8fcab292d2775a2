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
    {{ unspecified_member('dim_document') }}
)

select * from final
