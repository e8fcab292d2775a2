-- depends_on: {{ ref('int_seeds_checked') }}
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
    union all by name
    select
        'unspecified' as document_key,
        'Non précisé' as title
)

select * from final
