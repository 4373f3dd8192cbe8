import { BORN } from '../../kernel/documents/born.ts'
import type { EntityDescriptor } from '../../kernel/entity.ts'

/** How far a lead is. New until somebody answers; converted and invalid are set by commands of their own. */
export const LEAD_STATUSES = ['new', 'contacted', 'qualified', 'converted', 'invalid'] as const
export type LeadStatus = (typeof LEAD_STATUSES)[number]
/** What somebody may set by hand. */
export const OPEN_STATUSES = ['new', 'contacted', 'qualified'] as const

/** Somebody who might become a customer: owned, in a pool, or nobody's until he is given. */
export const leadEntity: EntityDescriptor = {
  name: 'lead',
  table: 'lead',
  feature: 'leads',
  title: 'name',
  ownerKey: 'ownerId',
  queue: { column: 'pool_id', seesAll: 'leads.assign' },
  recyclable: true,
  dependents: ['lead_follow_up', 'lead_move'],
  fields: [
    {
      key: 'name',
      type: 'text',
      required: true,
      alwaysReadable: true,
      maxLength: 200,
      indexed: true,
      sortColumn: 'name_sort',
      width: 200,
      synonyms: ['线索名称', '线索', '姓名', '客户姓名', '客户名称', 'lead', 'lead name', 'name'],
    },
    {
      key: 'number',
      type: 'text',
      maxLength: 40,
      readOnly: true,
      importOnce: true,
      single: true,
      synonyms: ['线索编号', '线索编码', 'lead number', 'lead no'],
    },
    {
      key: 'company',
      type: 'text',
      maxLength: 200,
      width: 180,
      synonyms: ['公司', '公司名称', '企业名称', '单位', '单位名称', 'company', 'company name', 'organization'],
    },
    {
      key: 'person',
      type: 'text',
      maxLength: 100,
      width: 90,
      synonyms: ['联系人', '联系人姓名', '对接人', 'contact', 'contact name'],
    },
    { key: 'title', type: 'text', maxLength: 100, synonyms: ['职务', '职位', '岗位', 'title', 'job title', 'position'] },
    {
      key: 'phone',
      type: 'phone',
      mask: 'phone',
      maxLength: 40,
      width: 130,
      synonyms: ['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', 'phone', 'mobile', 'tel'],
    },
    { key: 'wechat', type: 'text', mask: 'text', maxLength: 64, synonyms: ['微信', '微信号', 'wechat'] },
    { key: 'email', type: 'email', mask: 'email', maxLength: 254, synonyms: ['邮箱', '电子邮箱', '邮件', 'email', 'e-mail'] },
    { key: 'status', type: 'select', options: LEAD_STATUSES, alwaysReadable: true, readOnly: true, indexed: true, width: 92 },
    {
      key: 'sourceId',
      type: 'reference',
      reference: 'leadSource',
      width: 96,
      synonyms: ['来源', '线索来源', '渠道', '来源渠道', 'source', 'lead source', 'channel'],
    },
    { key: 'campaign', type: 'text', maxLength: 200, synonyms: ['活动', '市场活动', '广告计划', 'campaign'] },
    {
      key: 'ownerId',
      type: 'reference',
      reference: 'employee',
      indexed: true,
      width: 96,
      synonyms: ['负责人', '业务员', '销售', 'owner'],
    },
    { key: 'poolId', type: 'reference', reference: 'leadPool', readOnly: true, alwaysReadable: true },
    { key: 'province', type: 'text', maxLength: 40, indexed: true, synonyms: ['省', '省份', 'province', 'state'] },
    { key: 'city', type: 'text', maxLength: 40, indexed: true, width: 90, synonyms: ['市', '城市', 'city'] },
    { key: 'district', type: 'text', maxLength: 40, synonyms: ['区', '区县', 'district'] },
    { key: 'address', type: 'text', maxLength: 2000, synonyms: ['地址', '详细地址', 'address'] },
    { key: 'industry', type: 'text', maxLength: 100, synonyms: ['行业', '所属行业', 'industry'] },
    {
      key: 'arrivedAt',
      type: 'instant',
      indexed: true,
      alwaysReadable: true,
      width: 108,
      synonyms: ['到达时间', '留资时间', '提交时间', '咨询时间', 'arrived at', 'submitted at'],
    },
    { key: 'assignedAt', type: 'instant', readOnly: true, indexed: true },
    { key: 'firstFollowUpAt', type: 'instant', readOnly: true },
    { key: 'lastFollowUpAt', type: 'instant', readOnly: true, indexed: true, width: 108 },
    { key: 'nextFollowUpAt', type: 'instant', indexed: true, width: 108, synonyms: ['下次跟进', '下次联系', 'next follow-up'] },
    // From the arrival to the first answer.
    {
      key: 'responseSeconds',
      type: 'number',
      readOnly: true,
      width: 96,
      tellsOf: ['firstFollowUpAt'],
      computed: 'max(0, unixepoch({t}.first_follow_up_at) - unixepoch({t}.arrived_at))',
    },
    { key: 'invalidReasonId', type: 'reference', reference: 'leadReason', readOnly: true },
    { key: 'invalidNote', type: 'text', readOnly: true, maxLength: 2000 },
    { key: 'convertedAt', type: 'instant', readOnly: true },
    { key: 'note', type: 'longText', maxLength: 20000, synonyms: ['备注', '说明', '留言', '需求', 'note', 'notes', 'message'] },
    ...BORN,
  ],
}
