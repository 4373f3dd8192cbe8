import type { EntityDescriptor } from '../../kernel/entity.ts'

export const CUSTOMER_LEVELS = ['A', 'B', 'C'] as const
export const CUSTOMER_STATUSES = ['potential', 'active', 'won', 'lost'] as const
export const CUSTOMER_KINDS = ['company', 'person'] as const

/** A customer is a company or a person; its main address and main phone stand on the row, further ones hang on it. */
export const customerEntity: EntityDescriptor = {
  name: 'customer',
  table: 'customer',
  feature: 'customers',
  title: 'name',
  ownerKey: 'ownerId',
  recyclable: true,
  fields: [
    { key: 'name', type: 'text', required: true, alwaysReadable: true, maxLength: 5000, indexed: true, sortColumn: 'name_sort', width: 260, synonyms: ['客户名称', '客户', '公司名称', '公司', '企业名称', '单位名称', '单位', '名称', '客户全称', '公司全称', '甲方', '往来单位', '店铺名称', 'customer', 'customer name', 'company', 'company name', 'account', 'account name', 'organization', 'organisation', 'name'] },
    { key: 'kind', type: 'select', options: CUSTOMER_KINDS, synonyms: ['客户类型', '客户性质', 'customer type'] },
    { key: 'level', type: 'select', options: CUSTOMER_LEVELS, indexed: true, width: 56, synonyms: ['级别', '客户级别', '客户等级', '等级', '重要程度', 'level', 'grade', 'rating', 'tier'] },
    { key: 'status', type: 'select', options: CUSTOMER_STATUSES, indexed: true, width: 90, synonyms: ['状态', '客户状态', '跟进状态', '成交状态', 'status', 'stage'] },
    { key: 'ownerId', type: 'reference', reference: 'employee', indexed: true, width: 100, synonyms: ['负责人', '业务员', '销售', '销售员', '客户经理', '归属人', '跟进人', '所属人', '业务负责人', 'owner', 'sales rep', 'account manager', 'salesperson'] },
    { key: 'phone', type: 'phone', mask: 'phone', indexed: true, width: 128, maxLength: 40, synonyms: ['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', '电话号码', '固定电话', '座机', '公司电话', 'phone', 'mobile', 'telephone', 'tel', 'cell', 'phone number', 'mobile phone'] },
    { key: 'phone2', type: 'phone', mask: 'phone', maxLength: 40, synonyms: ['电话2', '备用电话', '其他电话', '第二电话', '传真', 'phone 2', 'other phone'] },
    { key: 'email', type: 'email', mask: 'email', maxLength: 254, synonyms: ['邮箱', '电子邮箱', '电子邮件', '邮件', 'e-mail', 'email', 'mail', 'email address'] },
    { key: 'website', type: 'link', maxLength: 2000, synonyms: ['网址', '网站', '官网', '公司网站', 'website', 'url', 'homepage'] },
    { key: 'creditCode', type: 'text', maxLength: 40, synonyms: ['统一社会信用代码', '信用代码', '税号', '纳税人识别号', '社会信用代码', 'credit code', 'tax id', 'vat'] },
    { key: 'industry', type: 'text', maxLength: 100, synonyms: ['行业', '所属行业', '客户行业', 'industry', 'sector'] },
    { key: 'source', type: 'text', maxLength: 100, synonyms: ['来源', '客户来源', '线索来源', '渠道', 'source', 'lead source', 'channel'] },
    { key: 'province', type: 'text', maxLength: 40, group: 'address', synonyms: ['省', '省份', '所在省', '所在省份', 'province', 'state'] },
    { key: 'city', type: 'text', maxLength: 40, indexed: true, group: 'address', width: 90, synonyms: ['市', '城市', '所在城市', '地市', 'city'] },
    { key: 'district', type: 'text', maxLength: 40, group: 'address', synonyms: ['区', '区县', '县区', '所在区', '所在区县', 'district', 'county'] },
    { key: 'address', type: 'text', maxLength: 2000, mask: 'text', group: 'address', synonyms: ['地址', '详细地址', '公司地址', '联系地址', '通讯地址', '收货地址', '办公地址', '注册地址', 'address', 'street', 'street address', 'office location'] },
    { key: 'tags', type: 'tags', synonyms: ['标签', '客户标签', 'tags', 'labels'] },
    { key: 'note', type: 'longText', maxLength: 20000, synonyms: ['备注', '说明', '客户备注', '描述', '简介', 'note', 'notes', 'remark', 'remarks', 'comment', 'description'] },
    { key: 'nextFollowUpAt', type: 'instant', indexed: true, width: 108, synonyms: ['下次跟进', '下次跟进时间', '下次联系时间', 'next follow-up', 'next contact'] },
    { key: 'lastFollowUpAt', type: 'instant', readOnly: true, indexed: true, width: 96 },
    { key: 'createdAt', type: 'instant', readOnly: true, indexed: true, width: 96 },
    { key: 'updatedAt', type: 'instant', readOnly: true, indexed: true },
    { key: 'createdBy', type: 'reference', reference: 'user', readOnly: true },
  ],
}
