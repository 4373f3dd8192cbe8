import { z } from 'zod'

const Key = z.string().regex(/^[a-zA-Z0-9]{1,40}$/)
const Place = z.strictObject({ key: Key, shown: z.boolean() })
export type Place = z.infer<typeof Place>

/** Absent or empty: the standard. Keys of another version of the program are kept and not shown. */
export const BenchLayout = z.strictObject({
  side: z.array(Place).max(60).optional(),
  main: z.array(Place).max(60).optional(),
  figures: z.array(Place).max(60).optional(),
  todos: z.array(Place).max(60).optional(),
})
export type BenchLayout = z.infer<typeof BenchLayout>
