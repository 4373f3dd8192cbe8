import { sql } from 'kysely'
import { giveLead, type GivingRule, type Moment, type Standing } from '../../../src-shared/features/lead-settings/rules.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { ReadDb } from '../../kernel/database.ts'
import { loadCalendar } from '../calendar/public.ts'
import { readRules } from '../lead-settings/public.ts'
import { giveTo, noteMove } from './store.ts'

type Free = {
  id: string
  ownerId: string | null
  poolId: string | null
  homePoolId: string | null
  sourceId: string | null
  province: string | null
  city: string | null
}
/** The rules that are asked, each with those of its people who still work here. */
async function givingRules(context: CommandContext): Promise<GivingRule[]> {
  const rules = (await readRules(context.tx)).filter(({ enabled }) => enabled)
  return rules.map(({ members, ...rule }) => ({
    ...rule,
    members: members.flatMap(({ employeeId, regions, left }) => (left ? [] : [{ employeeId, regions }])),
  }))
}

/** What a rule has given to whom, and what each has to work on: read from the rows, so that an undo counts as if it had never been. */
async function standingIn(context: CommandContext, rule: GivingRule): Promise<Standing> {
  const people = JSON.stringify(rule.members.map(({ employeeId }) => employeeId))
  const { rows } = await sql<{ id: string; lastAt: string | null; open: number }>`
    select w.value as id, (select max(m.created_at || m.id) from lead_move m where m.rule_id = ${rule.id} and m.employee_id = w.value and m.kind = 'rule') as "lastAt",
      (select count(*) from lead l where l.owner_id = w.value and l.status in ('new', 'contacted', 'qualified') and l.deleted_at is null) as open
    from json_each(${people}) w`.execute(context.tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { lastAt: (id) => byId.get(id)?.lastAt ?? null, open: (id) => byId.get(id)?.open ?? 0 }
}

async function momentNow(context: CommandContext): Promise<Moment> {
  const zone = context.services.timeZone()
  const calendar = await loadCalendar(context.tx as unknown as ReadDb, zone)
  return { at: context.now(), zone, days: new Map(calendar.days.map(({ day, kind }) => [day, kind])) }
}

/** Of each lead that was given whose it is now, and how many began to wait for the hours of a rule. */
type Given = { readonly given: ReadonlyMap<string, string>; readonly waiting: number }

/** Gives leads that are nobody's by the rules of the company, in their order; what waits for the hours of a rule says so once. */
export async function giveFree(context: CommandContext, ids: readonly string[]): Promise<Given> {
  const given = new Map<string, string>()
  let waiting = 0
  const rules = await givingRules(context)
  if (rules.length === 0) return { given, waiting }
  const moment = await momentNow(context)
  const { rows } = await sql<Free & { waits: string | null }>`
    select t.id, t.owner_id as "ownerId", t.pool_id as "poolId", t.home_pool_id as "homePoolId", t.source_id as "sourceId", t.province, t.city,
      (select m.rule_id from lead_move m where m.lead_id = t.id and m.kind = 'wait' order by m.created_at desc, m.id desc limit 1) as waits
    from json_each(${JSON.stringify(ids)}) w cross join lead t on t.id = w.value
    where t.owner_id is null and t.pool_id is null and t.status in ('new', 'contacted', 'qualified') and t.deleted_at is null`.execute(
    context.tx,
  )
  const standings = new Map<string, Standing>()
  for (const lead of rows) {
    for (const rule of rules) if (!standings.has(rule.id)) standings.set(rule.id, await standingIn(context, rule))
    const giving = giveLead(rules, lead, moment, (rule) => standings.get(rule.id) as Standing)
    if (giving.kind === 'none') continue
    const { rule } = giving
    if (giving.kind === 'given') {
      await giveTo(context, lead, { ownerId: giving.employeeId, kind: 'rule', ruleId: rule.id, homePoolId: rule.poolId })
      given.set(lead.id, giving.employeeId)
      // Whose turn it is next is read from what was given.
      standings.clear()
    } else if (lead.waits !== rule.id) {
      await noteMove(context, lead.id, { kind: 'wait', ruleId: rule.id })
      waiting++
    }
  }
  for (const [ownerId, theirs] of Map.groupBy(given, ([, owner]) => owner))
    context.notify({
      employeeIds: [ownerId],
      kind: 'leadAssigned',
      entity: 'lead',
      recordId: theirs.length === 1 ? (theirs[0]?.[0] ?? null) : null,
      many: theirs.length,
    })
  return { given, waiting }
}
