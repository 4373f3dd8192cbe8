/** Apart from the model, so that pages do not load what only checks calls. */
export const FUNNEL_GROUP_KEYS = ['person', 'department', 'source', 'province', 'city', 'pipeline', 'month', 'quarter'] as const
export type FunnelGroupKey = (typeof FUNNEL_GROUP_KEYS)[number]
export const FORECAST_GROUP_KEYS = ['person', 'department', 'source', 'province', 'city', 'pipeline'] as const
