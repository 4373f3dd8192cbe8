import type { Language } from '../kernel/text.ts'

/** What can be set on each page of the settings, for the search in their menu: one knows what one wants to set, not where. */
export const settingsInside: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> = {
  '/settings/profile': {
    'zh-CN': ['姓名', '账号', '改密码', '公司', '时区'],
    'en-US': ['Name', 'Account', 'Change password', 'Company', 'Time zone'],
  },
  '/settings/appearance': {
    'zh-CN': ['颜色', '深色', '浅色', '行高', '密度', '语言', '中文', '英文'],
    'en-US': ['Colours', 'Dark', 'Light', 'Row height', 'Density', 'Language', 'Chinese', 'English'],
  },
  '/settings/notifications': {
    'zh-CN': ['桌面通知', '提到我', '分配给我', '即将进入公海', '不通知'],
    'en-US': ['Desktop notifications', 'Mentions', 'Assigned to me', 'Soon in the pool', 'Do not tell me'],
  },
  '/settings/people': {
    'zh-CN': ['新建同事', '新建部门', '同事手机', '上级', '停用账号', '重设密码', '离职交接', '入职日期', '离职日期'],
    'en-US': [
      'New colleague',
      'New department',
      'Phones of colleagues',
      'Manager',
      'Disable account',
      'Reset password',
      'Hand over',
      'Joined on',
      'Left on',
    ],
  },
  '/settings/access': {
    'zh-CN': ['看权限', '以该用户查看', '为什么看不到'],
    'en-US': ['Access', 'Look as this colleague', 'Why can they not see it'],
  },
  '/settings/roles': {
    'zh-CN': ['新建角色', '数据范围', '字段权限', '隐藏字段', '只读字段', '手机电话打码', '导出权限', '预览角色'],
    'en-US': [
      'New role',
      'Whose records',
      'Field rights',
      'Hidden fields',
      'Read-only fields',
      'Masked phones',
      'Right to export',
      'Role preview',
    ],
  },
  '/settings/fields': {
    'zh-CN': ['新建字段', '必填', '不可重复', '选项', '公式', '默认值', '停用字段'],
    'en-US': ['New field', 'Required', 'Unique', 'Options', 'Formula', 'Default', 'Retired fields'],
  },
  '/settings/pools': {
    'zh-CN': ['新建公海', '回收规则', '库容', '每天领取上限', '冷却期', '隐藏字段', '公海管理员'],
    'en-US': [
      'New pool',
      'Recycle rules',
      'Holding limits',
      'Claims a day',
      'Cooling days',
      'Hidden fields',
      'Pool administrators',
    ],
  },
  '/settings/layouts': {
    'zh-CN': ['字段顺序', '字段分组', '侧栏字段', '新建分组'],
    'en-US': ['Order of fields', 'Groups of fields', 'Fields of the panel', 'New group'],
  },
  '/settings/numbers': {
    'zh-CN': ['客户编号', '编号前缀', '补编号'],
    'en-US': ['Customer numbers', 'Prefix', 'Number older records'],
  },
  '/settings/pipelines': {
    'zh-CN': ['商机阶段', '赢单概率', '停滞天数', '输单原因'],
    'en-US': ['Stages of opportunities', 'Probability of winning', 'Stalled after days', 'Lost reasons'],
  },
  '/settings/warehouses': {
    'zh-CN': ['新建仓库', '默认仓库', '停用仓库'],
    'en-US': ['New warehouse', 'Default warehouse', 'Put a warehouse aside'],
  },
  '/settings/approvals': {
    'zh-CN': ['报价审批', '折扣审批', '采购审批', '审批人', '审批步骤'],
    'en-US': ['Approval of quotes', 'Approval of discounts', 'Approval of purchases', 'Who approves', 'Approval steps'],
  },
  '/settings/documents': {
    'zh-CN': ['报价单模板', '打印抬头', '条款', '落款'],
    'en-US': ['Template of quotes', 'Head of documents', 'Terms', 'Signatures'],
  },
  '/settings/leads': {
    'zh-CN': ['线索来源', '线索池', '分配规则', '无效原因', '轮流分配', '回收天数'],
    'en-US': ['Lead sources', 'Lead pools', 'Assignment rules', 'Invalid reasons', 'Assign in turn', 'Recycle after days'],
  },
  '/settings/tags': {
    'zh-CN': ['新建标签', '标签颜色', '合并标签'],
    'en-US': ['New tag', 'Colours of tags', 'Merge tags'],
  },
  '/settings/matching': {
    'zh-CN': ['名称的语言', '各项给多少分', '怎样算同一位客户', '手机电话相同'],
    'en-US': ['Language of names', 'Weights', 'What counts as the same customer', 'The same phone'],
  },
  '/settings/files': {
    'zh-CN': ['单个文件上限', '总空间'],
    'en-US': ['Largest file', 'Room for all files'],
  },
  '/settings/backups': {
    'zh-CN': ['立即备份', '存放位置', '自动备份', '恢复'],
    'en-US': ['Back up now', 'Where backups lie', 'Automatic backups', 'Restore'],
  },
  '/settings/history': {
    'zh-CN': ['撤销', '谁改了什么'],
    'en-US': ['Undo', 'Who changed what'],
  },
  '/settings/jobs': {
    'zh-CN': ['定时计划', '每天几点', '错过的任务', '自动清除回收站'],
    'en-US': ['Schedules', 'Hours of the day', 'Missed runs', 'Empty the recycle bin by itself'],
  },
  '/settings/calendar': {
    'zh-CN': ['工作日', '节假日', '调休', '工作时间'],
    'en-US': ['Working days', 'Public holidays', 'Made-up days', 'Working hours'],
  },
  '/settings/about': {
    'zh-CN': ['版本', '许可', '开源软件'],
    'en-US': ['Version', 'Licence', 'Open source'],
  },
}
