import type { EntityDescriptor } from '../../kernel/entity.ts'

export const contactEntity: EntityDescriptor = {
  name: 'contact',
  table: 'contact',
  feature: 'contacts',
  title: 'name',
  parentKey: 'customerId',
  recyclable: true,
  fields: [
    { key: 'name', type: 'text', required: true, alwaysReadable: true, maxLength: 200, indexed: true, sortColumn: 'name_sort', width: 140, synonyms: ['联系人', '联系人姓名', '姓名', '联系人名称', '主要联系人', '收货人', '收件人', '经办人', '对接人', '法人', 'contact', 'contact name', 'contact person', 'person', 'full name', 'attn'] },
    { key: 'customerId', type: 'reference', reference: 'customer', required: true, width: 240 },
    { key: 'title', type: 'text', maxLength: 100, width: 120, synonyms: ['职务', '职位', '联系人职务', '岗位', 'title', 'job title', 'position', 'role'] },
    { key: 'phone', type: 'phone', mask: 'phone', maxLength: 40, width: 128, synonyms: ['联系人手机', '联系人电话', '手机', '手机号', '手机号码', '联系方式', 'contact phone', 'contact mobile', 'mobile'] },
    { key: 'phone2', type: 'phone', mask: 'phone', maxLength: 40 },
    { key: 'email', type: 'email', mask: 'email', maxLength: 254, width: 180, synonyms: ['联系人邮箱', 'contact email'] },
    { key: 'wechat', type: 'text', mask: 'text', maxLength: 100, synonyms: ['微信', '微信号', 'wechat', 'wechat id'] },
    { key: 'isPrimary', type: 'boolean' },
    { key: 'note', type: 'longText', maxLength: 20000, synonyms: ['联系人备注', 'contact note'] },
    { key: 'createdAt', type: 'instant', readOnly: true, indexed: true, width: 96 },
    { key: 'updatedAt', type: 'instant', readOnly: true },
  ],
}
