/** What a formula can call, each by its English and its Chinese name. */
export const FUNCTION_NAMES = [
  ['if', '如果'],
  ['and', '并且'],
  ['or', '或者'],
  ['not', '不是'],
  ['round', '四舍五入'],
  ['abs', '绝对值'],
  ['min', '最小'],
  ['max', '最大'],
  ['coalesce', '取首个'],
  ['join', '连接'],
  ['isempty', '为空'],
  ['today', '今天'],
  ['days', '天数'],
  ['year', '年份'],
  ['month', '月份'],
] as const
export type FunctionName = (typeof FUNCTION_NAMES)[number][0]

export const FUNCTIONS: ReadonlyMap<string, FunctionName> = new Map(
  FUNCTION_NAMES.flatMap(([name, chinese]) => [
    [name, name],
    [chinese, name],
  ]),
)
