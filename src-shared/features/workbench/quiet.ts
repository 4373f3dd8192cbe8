import type { Filter } from '../../kernel/list.ts'

/** Not spoken to since a moment, or a day as `@today-7` says it: who was never spoken to counts from the day he was entered. */
export const quietSince = (since: string): Filter => ({
  combinator: 'or',
  rules: [
    { field: 'lastFollowUpAt', operator: '<', value: since },
    {
      combinator: 'and',
      rules: [
        { field: 'lastFollowUpAt', operator: 'null' },
        { field: 'createdAt', operator: '<', value: since },
      ],
    },
  ],
})
