/** Invented projects of the invented firms: what they are about, where they came from, what is done next and why some were lost. */
export const PROJECTS = {
  topics: [
    '产线扩建',
    '年度框架',
    '样机试用',
    '设备更新',
    '备件补库',
    '厂房改造',
    '自动化升级',
    '出口订单配套',
    '新品打样',
    '售后续签',
    '集中采购',
    '应急补货',
  ],
  sources: ['展会', '转介绍', '电话营销', '官网', '微信', '广告'],
  steps: ['发送报价单', '约技术交流', '寄样品', '确认图纸', '走合同审批', '拜访采购负责人', '催预算批复', '安排试机'],
  competitors: ['华泰机电', '东南泵阀', '本地代理商', '进口品牌', null, null],
  losses: ['价格高出一成', '对方改用进口件', '项目推迟到明年', '采购换人后不再回复', '交期来不及'],
  notes: ['对方要先看样机', '账期希望 60 天', '要求含安装调试', '需开 13% 专票', null, null, null],
} as const
