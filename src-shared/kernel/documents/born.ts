import type { FieldDescriptor } from '../entity.ts'

/** When a record was made and last written, and by whom; an import says of old ones when and by whom they were made. */
export const BORN: readonly FieldDescriptor[] = [
  {
    key: 'createdAt',
    type: 'instant',
    readOnly: true,
    importOnce: true,
    alwaysReadable: true,
    indexed: true,
    width: 96,
    synonyms: [
      '创建时间',
      '创建日期',
      '录入时间',
      '录入日期',
      '登记时间',
      '登记日期',
      '添加时间',
      'created date',
      'create date',
      'date created',
      'created at',
      'created on',
      'created',
    ],
  },
  { key: 'updatedAt', type: 'instant', readOnly: true, alwaysReadable: true, indexed: true },
  {
    key: 'createdBy',
    type: 'reference',
    reference: 'user',
    readOnly: true,
    importOnce: true,
    synonyms: ['创建人', '创建者', '录入人', '录入员', '登记人', '添加人', 'created by', 'creator'],
  },
]
