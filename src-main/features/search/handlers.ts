import { onQuery } from '../../kernel/pipeline.ts'
import { searchRecords } from './store.ts'

export const searchHandlers = {
  records: onQuery.search.records.handler(({ input, context }) => searchRecords(context, input.text, input.limit)),
}
