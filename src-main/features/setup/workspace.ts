import { nobody } from '../../kernel/pipeline.ts'
import { runCommand } from '../../kernel/commands.ts'
import type { Actor, Origin } from '../../../src-shared/kernel/actor.ts'
import type { Matching } from '../../../src-shared/kernel/matching/language.ts'
import { text } from '../../../src-shared/features/setup/text.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { Backend, CommandContext } from '../../kernel/context.ts'
import { insertDepartment, insertEmployee, insertUser, seedRoles } from '../people/public.ts'
import { burnSetupToken, hashPassword, putCredential, requireGoodPassword } from '../session/public.ts'

export type NewWorkspace = {
  company: string
  timeZone: string
  name: string
  login: string
  password: string
  matching?: Matching
}
export const IRREVERSIBLE = 'a workspace is set up once'

/** 09:00–12:00 and 13:30–18:00 from Monday to Friday; the calendar's page changes them. */
const HOURS: readonly (readonly [string, string])[] = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
]

/** @throws Refusal for a zone nobody knows or a password nobody should have, before anything is hashed or written. */
export function requireSoundWorkspace(values: NewWorkspace): void {
  if (!Intl.supportedValuesOf('timeZone').includes(values.timeZone) && values.timeZone !== 'UTC')
    throw new Refusal('zoneUnknown', { timeZone: values.timeZone })
  requireGoodPassword(values.password, [values.login, values.name, values.company])
}

/** The same as a sentence, or null when all is well; for the command line, which speaks by itself. */
export function workspaceProblem(values: NewWorkspace, language: string): string | null {
  const answer = attempt(() => requireSoundWorkspace(values))
  if (!(answer instanceof Refusal)) return null
  const words: Readonly<Record<string, string>> = text[language.startsWith('zh') ? 'zh-CN' : 'en-US']
  return words[`refusals.${answer.reason}`] ?? answer.reason
}

/**
 * The first rows of a workspace: company, root department, roles, working hours, and the administrator with his account.
 * @throws Refusal `alreadySetUp`, asked inside the transaction: two people may finish the wizard at once.
 */
export async function createWorkspace(
  context: CommandContext,
  values: NewWorkspace,
  passwordHash: string,
): Promise<{ userId: string; employeeId: string; workspaceId: string }> {
  if (await context.tx.selectFrom('workspace').select('id').executeTakeFirst()) throw new Refusal('alreadySetUp')
  const at = context.now()
  const workspaceId = context.newId()
  await context.tx
    .insertInto('workspace')
    .values({
      id: workspaceId,
      company: values.company.trim(),
      timeZone: values.timeZone,
      phoneArea: null,
      ...(values.matching ? { matching: values.matching } : {}),
      sampleBatchId: null,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  const departmentId = await insertDepartment(context, { name: values.company.trim(), parentId: null })
  const adminRole = await seedRoles(context)
  const employeeId = await insertEmployee(
    context,
    { name: values.name.trim() },
    { departmentId, from: dateIn(at, values.timeZone) },
  )
  const userId = await insertUser(context, { employeeId, login: values.login, roleIds: [adminRole] })
  await putCredential(context, userId, passwordHash, false)
  for (let weekday = 1; weekday <= 7; weekday++) {
    await context.tx
      .insertInto('calendarHours')
      .values({ id: context.newId(), weekday, spans: JSON.stringify(weekday <= 5 ? HOURS : []), updatedAt: at })
      .execute()
  }
  await burnSetupToken(context.tx)
  context.record({ entity: 'workspace', id: workspaceId, action: 'setUp' })
  context.afterCommit(() => context.services.rightsChanged())
  return { userId, employeeId, workspaceId }
}

/** The first run without a page: `kezhan init`, and tests. */
export async function setUpWorkspace(
  backend: Backend,
  values: NewWorkspace,
  origin: Origin = 'cli',
): Promise<{ userId: string; employeeId: string; workspaceId: string }> {
  requireSoundWorkspace(values)
  const passwordHash = await hashPassword(values.password)
  const actor: Actor = { ...nobody(origin), name: values.name.trim() }
  return runCommand(
    backend,
    { procedure: 'setup.complete', actor, key: null, input: null, irreversible: IRREVERSIBLE },
    (context) => createWorkspace(context, values, passwordHash),
  )
}
