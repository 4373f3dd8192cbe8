import type { EntityDescriptor } from '../../kernel/entity.ts'

/** What a file may hang on. */
export const FILE_HOSTS = ['customer', 'followUp'] as const
export type FileHost = (typeof FILE_HOSTS)[number]

/** What a file is to people; the bytes say it, not the name. */
export const FILE_KINDS = ['image', 'pdf', 'word', 'sheet', 'slides', 'text', 'archive', 'media', 'other'] as const
const KIND = `case when {t}.type like 'image/%' then 'image' when {t}.type = 'application/pdf' then 'pdf'
  when {t}.type = 'application/msword' or {t}.type like '%.wordprocessingml.%' then 'word'
  when {t}.type = 'application/vnd.ms-excel' or {t}.type like '%.spreadsheetml.%' or {t}.type = 'text/csv' then 'sheet'
  when {t}.type = 'application/vnd.ms-powerpoint' or {t}.type like '%.presentationml.%' then 'slides'
  when {t}.type like 'text/%' then 'text' when {t}.type like 'audio/%' or {t}.type like 'video/%' then 'media'
  when {t}.type in ('application/zip', 'application/gzip', 'application/vnd.rar', 'application/x-7z-compressed') then 'archive'
  else 'other' end`

/** A file on a record. It follows its record: who may not see the conversation does not see what was sent in it. */
export const fileEntity: EntityDescriptor = {
  name: 'file',
  table: 'file',
  feature: 'files',
  title: 'name',
  parentKey: 'customerId',
  host: { column: 'entity', needs: { followUp: 'followUps.read' } },
  recyclable: true,
  fields: [
    { key: 'name', type: 'text', required: true, alwaysReadable: true, maxLength: 200 },
    { key: 'customerId', type: 'reference', reference: 'customer', required: true, alwaysReadable: true, readOnly: true },
    { key: 'entity', type: 'text', alwaysReadable: true, readOnly: true },
    { key: 'recordId', type: 'text', alwaysReadable: true, readOnly: true },
    { key: 'type', type: 'text', alwaysReadable: true, readOnly: true },
    { key: 'kind', type: 'select', options: FILE_KINDS, alwaysReadable: true, readOnly: true, computed: KIND },
    { key: 'size', type: 'number', alwaysReadable: true, readOnly: true },
    { key: 'authorId', type: 'reference', reference: 'employee', readOnly: true },
    { key: 'createdAt', type: 'instant', alwaysReadable: true, readOnly: true },
  ],
}
