/** Words of the numbering of records. */
export const text = {
  'zh-CN': {
    'entity.numberRule': '编号规则',
    'refusals.patternWithoutNumber': '规则里要有一段流水号，如 {0000}',
    'refusals.patternTwoNumbers': '流水号只能有一段',
    'refusals.patternUnknown': '大括号里只能写 YYYY、YY、MM、DD 或若干个 0',
    'refusals.patternTooLong': '规则太长了，最多 40 个字',
    'refusals.resetNeedsDate': '每年重新开始要写上 {YYYY}，每月重新开始还要写上 {MM}，否则编号会重复',
    'refusals.noRule': '还没有启用编号规则',
    'actions.saved': '修改编号规则',
    'actions.gaveNumbers': '补编号',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'entity.numberRule': 'Number rule',
    'refusals.patternWithoutNumber': 'The pattern needs a running number such as {0000}',
    'refusals.patternTwoNumbers': 'There may be one running number only',
    'refusals.patternUnknown': 'Braces take YYYY, YY, MM, DD or zeros',
    'refusals.patternTooLong': 'The pattern is too long; 40 characters at most',
    'refusals.resetNeedsDate': 'Beginning anew each year needs {YYYY}, each month {MM} too; numbers would repeat otherwise',
    'refusals.noRule': 'No number rule is switched on',
    'actions.saved': 'Changed the number rule',
    'actions.gaveNumbers': 'Gave numbers',
    'actions.undone': 'Undid',
    'actions.redone': 'Redid',
  },
} as const
