import { z } from 'zod'
import { line } from '../../kernel/line.ts'
import { MATCHINGS } from '../../kernel/matching/language.ts'
import { command, query } from '../../kernel/procedure.ts'

export const SETUP_REFUSALS = [
  'alreadySetUp',
  'wrongToken',
  'tooShort',
  'tooLong',
  'tooCommon',
  'sameAsName',
  'zoneUnknown',
] as const
export const SAMPLE_REFUSALS = ['noSampleData', 'hasSampleData'] as const

export const setupContract = {
  /** Behind the one-time token of the URL that was opened: company, time zone and the first administrator, who is signed in by it. */
  complete: command('anyone', SETUP_REFUSALS, { irreversible: 'a workspace is set up once' })
    .input(
      z.strictObject({
        company: line(200),
        timeZone: z.string().max(64).default('Asia/Shanghai'),
        name: line(100),
        login: z.string().trim().min(2).max(100),
        password: z.string().min(1).max(1024),
        sampleData: z.boolean().default(false),
      }),
    )
    .output(z.strictObject({ ok: z.literal(true) })),
  /** In which language names are compared when duplicates are looked for: by the form, the import, the write and the search of the whole base. */
  matching: query('signed-in', ['workspace'])
    .input(z.strictObject({}))
    .output(z.strictObject({ matching: z.enum(MATCHINGS) })),
  changeMatching: command('settings.manage', ['none'])
    .input(z.strictObject({ matching: z.enum(MATCHINGS) }))
    .output(z.strictObject({ matching: z.enum(MATCHINGS) })),
  addSampleData: command('settings.manage', SAMPLE_REFUSALS)
    .input(z.strictObject({}))
    .output(z.strictObject({ customers: z.number().int() })),
  /** Takes every sample record away in one click; what somebody hung on one of them keeps it. */
  removeSampleData: command('settings.manage', SAMPLE_REFUSALS)
    .input(z.strictObject({}))
    .output(z.strictObject({ removed: z.number().int(), kept: z.number().int() })),
}
