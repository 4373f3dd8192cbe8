import type { EntityDescriptor } from '../../kernel/entity.ts'

export const FOLLOW_UP_KINDS = ['call', 'visit', 'wechat', 'email', 'note'] as const

/** A dated activity with a customer; may plan the next one. */
export const followUpEntity: EntityDescriptor = {
  name: 'followUp',
  table: 'follow_up',
  feature: 'followUps',
  title: 'text',
  parentKey: 'customerId',
  recyclable: true,
  customizable: true,
  fields: [
    {
      key: 'text',
      type: 'longText',
      required: true,
      alwaysReadable: true,
      maxLength: 20000,
      synonyms: [
        '跟进记录',
        '跟进内容',
        '跟进情况',
        '最近跟进',
        '沟通记录',
        '沟通情况',
        '沟通内容',
        '联系记录',
        '拜访记录',
        '洽谈记录',
        '活动记录',
        'follow-up',
        'activity',
        'last note',
      ],
    },
    { key: 'customerId', type: 'reference', reference: 'customer', required: true, alwaysReadable: true },
    { key: 'contactId', type: 'reference', reference: 'contact' },
    {
      key: 'kind',
      type: 'select',
      alwaysReadable: true,
      options: FOLLOW_UP_KINDS,
      synonyms: ['跟进方式', '联系方式类型', 'activity type'],
    },
    {
      key: 'happenedAt',
      type: 'instant',
      indexed: true,
      alwaysReadable: true,
      synonyms: [
        '跟进时间',
        '最近跟进时间',
        '沟通时间',
        '拜访时间',
        '活动时间',
        'last contacted',
        'last activity date',
        'last contact date',
      ],
    },
    { key: 'nextAt', type: 'instant' },
    { key: 'authorId', type: 'reference', reference: 'employee', synonyms: ['跟进人', '跟进人员', '记录人', '拜访人', 'author'] },
    { key: 'internal', type: 'boolean', readOnly: true, alwaysReadable: true },
    { key: 'createdAt', type: 'instant', readOnly: true, alwaysReadable: true },
  ],
}
