import { z } from 'zod'
import { FIELD_RIGHTS, SCOPES } from '../../kernel/permissions.ts'
import { command, query } from '../../kernel/procedure.ts'
import { Instant } from '../../kernel/time.ts'

export const LOGIN_REFUSALS = ['wrongPassword', 'locked', 'wait', 'disabled'] as const
export const PASSWORD_REFUSALS = ['wrongPassword', 'tooShort', 'tooLong', 'tooCommon', 'sameAsName', 'unchanged', 'wait'] as const

/** Who is signed in and what they may do: pages show and hide by it, the backend decides. */
export const Me = z.strictObject({
  userId: z.string(),
  employeeId: z.string().nullable(),
  name: z.string(),
  login: z.string(),
  /** `builtin`: its name is of the first run's language, unless somebody gave it another. */
  roles: z.array(z.strictObject({ name: z.string(), builtin: z.string().nullable() })),
  company: z.string(),
  timeZone: z.string(),
  permissions: z.record(z.string(), z.enum(SCOPES)),
  fieldRights: z.record(z.string(), z.enum(FIELD_RIGHTS)),
  mustChangePassword: z.boolean(),
  /** Who looks at the program as this user, or null. */
  lookedBy: z.string().nullable(),
  hasSampleData: z.boolean(),
  /** The last command when this was read: whoever follows the changes from here on misses none. */
  seq: z.number().int(),
})
export type Me = z.infer<typeof Me>

/** What a visitor may know before signing in. */
export const Welcome = z.strictObject({
  company: z.string().nullable(),
  needsSetup: z.boolean(),
  maySetup: z.boolean(),
  /** Whether the caller's session is alive, so that a page need not find out by failing. */
  signedIn: z.boolean(),
  version: z.string(),
})
export type Welcome = z.infer<typeof Welcome>

export const OpenSession = z.strictObject({
  id: z.string(),
  origin: z.string(),
  device: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
})

export const sessionContract = {
  welcome: query('anyone', []).input(z.strictObject({})).output(Welcome),
  me: query('signed-in', ['user', 'role', 'employee', 'department', 'workspace'], { givenPassword: true })
    .input(z.strictObject({}))
    .output(Me),
  /** Detail of a refusal: `triesLeft`, or `waitSeconds`. The same answer and time for a name that does not exist. */
  login: command('anyone', LOGIN_REFUSALS, { irreversible: 'a session is ended by signing out' })
    .input(z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(1024) }))
    .output(z.strictObject({ ok: z.literal(true) })),
  logout: command('signed-in', ['none'], {
    irreversible: 'a session is started by signing in',
    givenPassword: true,
    whileLooking: true,
  })
    .input(z.strictObject({}))
    .output(z.strictObject({ ok: z.literal(true) })),
  changePassword: command('signed-in', PASSWORD_REFUSALS, { irreversible: 'the old password is not kept', givenPassword: true })
    .input(z.strictObject({ current: z.string().min(1).max(1024), next: z.string().min(1).max(1024) }))
    .output(z.strictObject({ ok: z.literal(true) })),
  mine: query('signed-in', ['session']).input(z.strictObject({})).output(z.array(OpenSession)),
  end: command('signed-in', ['none'], { irreversible: 'a session is started by signing in' })
    .input(z.strictObject({ id: z.string() }))
    .output(z.strictObject({ ok: z.literal(true) })),
}
