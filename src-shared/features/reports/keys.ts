/** Apart from the model, so that pages do not load what only checks calls. */
export const FUNNEL_GROUP_KEYS = [
  'person',
  'department',
  'source',
  'product',
  'province',
  'city',
  'pipeline',
  'month',
  'quarter',
] as const
export type FunnelGroupKey = (typeof FUNNEL_GROUP_KEYS)[number]
export const FORECAST_GROUP_KEYS = ['person', 'department', 'source', 'product', 'province', 'city', 'pipeline'] as const
/** What a period is held against: as many days before it, or the same a year earlier. */
export const COMPARE_KEYS = ['before', 'year'] as const
/** By what receivables are put together; a month is that of the day a part is due, or of the signing where it has none. */
export const AGE_GROUP_KEYS = ['customer', 'owner', 'department', 'month'] as const
export type AgeGroupKey = (typeof AGE_GROUP_KEYS)[number]
/** By what the answers to leads are put together. */
export const RESPONSE_GROUP_KEYS = ['owner', 'source', 'pool'] as const
export type ResponseGroupKey = (typeof RESPONSE_GROUP_KEYS)[number]
