{{- /* Which kind of file an event belongs in: FileKind. */ -}}
CASE WHEN type = 'ORDER_PLACED' OR {{template "cancellation.sql"}} THEN 'orders'
     WHEN type IN ('PRODUCT_SAVED', 'PRODUCT_DELETED', 'VENDOR_SAVED', 'VENDOR_DELETED', 'CATEGORY_SAVED', 'CATEGORY_DELETED',
                   'SESSION_JOINED', 'CUSTOMER_DELETED') THEN 'catalogue'
     ELSE 'behaviour' END
{{- /**/ -}}
