import type { EntityDescriptor } from '../../kernel/entity.ts'

/** How lists of employees are read. Department and manager are told by their names: who they are is found out when a row is written. */
export const employeeEntity: EntityDescriptor = {
  name: 'employee',
  table: 'employee',
  feature: 'people',
  title: 'name',
  fields: [
    {
      key: 'name',
      type: 'text',
      required: true,
      alwaysReadable: true,
      maxLength: 100,
      synonyms: ['姓名', '员工姓名', '员工', '同事', '业务员', '销售员', '名字', 'name', 'employee', 'full name', 'staff'],
    },
    {
      key: 'phone',
      type: 'phone',
      maxLength: 40,
      synonyms: ['手机', '手机号', '手机号码', '电话', '联系电话', '联系方式', 'mobile', 'phone', 'tel'],
    },
    {
      key: 'email',
      type: 'email',
      maxLength: 254,
      synonyms: ['邮箱', '电子邮箱', '邮件', '公司邮箱', 'e-mail', 'email', 'mail'],
    },
    {
      key: 'departmentPath',
      type: 'text',
      maxLength: 400,
      synonyms: ['部门', '所属部门', '所在部门', '部门名称', '组织', 'department', 'dept', 'org'],
    },
    {
      key: 'managerName',
      type: 'text',
      maxLength: 100,
      synonyms: ['上级', '直属上级', '直接上级', '主管', '汇报对象', '领导', 'manager', 'supervisor', 'reports to'],
    },
    {
      key: 'rank',
      type: 'text',
      maxLength: 100,
      synonyms: ['职级', '级别', '等级', '职务', '职位', '岗位', 'rank', 'level', 'grade', 'title'],
    },
    { key: 'team', type: 'text', maxLength: 100, synonyms: ['小组', '团队', '组别', 'team', 'group'] },
    {
      key: 'hiredOn',
      type: 'date',
      synonyms: ['入职日期', '入职时间', '入职', '到岗日期', 'hired on', 'hire date', 'start date'],
    },
    { key: 'leftOn', type: 'date', synonyms: ['离职日期', '离职时间', '离职', 'left on', 'leave date', 'end date'] },
  ],
}
