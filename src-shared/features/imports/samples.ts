import type { ImportableEntity } from './model.ts'

/** A column of a template: the field, as `entity.field`, and what stands under it in the row that shows how it is meant. */
export type Sample = readonly [field: string, chinese: string, english: string]

/** The columns of a workbook to be filled in, in their order. Choices are told by their values, days and times as they are typed. */
export const SAMPLES: Readonly<Record<ImportableEntity, readonly Sample[]>> = {
  customer: [
    ['customer.name', '示例纺织有限公司', 'Sample Textiles Ltd.'],
    ['customer.phone', '0575-84120000', '+44 20 7946 0000'],
    ['customer.email', 'info@example.com', 'info@example.com'],
    ['customer.level', 'A', 'A'],
    ['customer.status', 'potential', 'potential'],
    ['customer.ownerId', '', ''],
    ['customer.poolId', '', ''],
    ['customer.industry', '纺织', 'Textiles'],
    ['customer.source', '展会', 'Trade fair'],
    ['customer.creditCode', '', ''],
    ['customer.website', 'www.example.com', 'www.example.com'],
    ['customer.province', '浙江省', ''],
    ['customer.city', '绍兴市', 'London'],
    ['customer.district', '柯桥区', ''],
    ['customer.address', '轻纺城大道 1 号', '1 Sample Street'],
    ['customer.tags', '老客户', 'regular'],
    ['customer.nextFollowUpAt', '', ''],
    ['customer.note', '', ''],
    ['contact.name', '王小明', 'Jane Doe'],
    ['contact.title', '采购经理', 'Buyer'],
    ['contact.phone', '13800000000', '+44 7700 900000'],
    ['contact.email', 'wang@example.com', 'jane@example.com'],
  ],
  contact: [
    ['customer.name', '示例纺织有限公司', 'Sample Textiles Ltd.'],
    ['contact.name', '王小明', 'Jane Doe'],
    ['contact.title', '采购经理', 'Buyer'],
    ['contact.phone', '13800000000', '+44 7700 900000'],
    ['contact.phone2', '', ''],
    ['contact.email', 'wang@example.com', 'jane@example.com'],
    ['contact.wechat', '', ''],
    ['contact.isPrimary', '是', 'yes'],
    ['contact.note', '', ''],
  ],
  followUp: [
    ['customer.name', '示例纺织有限公司', 'Sample Textiles Ltd.'],
    ['contact.name', '王小明', 'Jane Doe'],
    ['followUp.happenedAt', '2026-03-02 10:30', '2026-03-02 10:30'],
    ['followUp.kind', 'call', 'call'],
    ['followUp.text', '问了新花型的报价，下周寄样品', 'Asked for prices of the new pattern; samples next week'],
    ['followUp.nextAt', '2026-03-09 10:00', '2026-03-09 10:00'],
    ['followUp.authorId', '', ''],
  ],
  tag: [
    ['tag.name', '老客户', 'regular'],
    ['tag.tone', 'ok', 'ok'],
  ],
  employee: [
    ['employee.name', '李小红', 'John Smith'],
    ['employee.phone', '13900000000', '+44 7700 900001'],
    ['employee.email', 'li@example.com', 'john@example.com'],
    ['employee.departmentPath', '销售部', 'Sales'],
    ['employee.managerName', '', ''],
    ['employee.rank', '', ''],
    ['employee.team', '', ''],
    ['employee.hiredOn', '2026-03-02', '2026-03-02'],
    ['employee.leftOn', '', ''],
  ],
}
