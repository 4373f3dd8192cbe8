/** What the seeded roles are called: known to the frame, which does not load the other words of people. */
export const roleText = {
  'zh-CN': {
    'roles.admin': '管理员',
    'roles.salesManager': '销售主管',
    'roles.sales': '销售',
    'roles.service': '客服',
    'roles.finance': '财务',
    'roles.viewer': '只读',
  },
  'en-US': {
    'roles.admin': 'Administrator',
    'roles.salesManager': 'Sales manager',
    'roles.sales': 'Sales',
    'roles.service': 'Service',
    'roles.finance': 'Finance',
    'roles.viewer': 'Viewer',
  },
} as const
