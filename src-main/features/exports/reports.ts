import type { ReportExport } from '../../../src-shared/features/exports/contract.ts'
import { text } from '../../../src-shared/features/exports/text.ts'
import type { Forecast, ForecastLine, Funnel, FunnelDays, Figures } from '../../../src-shared/features/reports/model.ts'
import type { Response, ResponseLine } from '../../../src-shared/features/reports/response.ts'
import type { Roi, RoiLine } from '../../../src-shared/features/reports/roi.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import { dateIn } from '../../../src-shared/kernel/time.ts'
import type { StagedContext } from '../../kernel/context.ts'
import { Forbidden } from '../../kernel/errors.ts'
import type { WriteCell, WriteColumn } from '../../kernel/workbook/write.ts'
import type { Written } from './handOut.ts'
import type { WriteTable } from './tasks.ts'

type Report = ReportExport['report']
type Word = (key: keyof (typeof text)['zh-CN']) => string
type Sheet = { columns: WriteColumn[]; rows: WriteCell[][] }
/** What one needs to take a report out, and what entity the history says of it. */
export const TAKEN = {
  funnel: { right: 'opportunities.export', entity: 'opportunity' },
  forecast: { right: 'opportunities.export', entity: 'opportunity' },
  response: { right: 'leads.export', entity: 'lead' },
  roi: { right: 'sourceCosts.read', entity: 'sourceCost' },
} as const

const column = (header: string, type: WriteColumn['type'] = 'number', width = 14): WriteColumn => ({ header, width, type })
/** Percent with one digit, as the page has it. */
const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 1000) / 10)
/** A line of a tree stands under the one it belongs to. */
const named = (word: Word, { name, depth = 0 }: { name: string | null; depth?: number }): string =>
  `${'　'.repeat(depth)}${name ?? word('report.none')}`

function funnelSheet(word: Word, funnel: Funnel, days: FunnelDays, group: string): Sheet {
  const line = (name: string, steps: readonly { count: number }[], figures: Figures, median: number | null): WriteCell[] => {
    const { entered, won, lost, winRate } = figures
    const passed = funnel.steps.flatMap(({ kind }, at) => (kind === 'open' ? [steps[at]?.count ?? 0] : []))
    return [name, entered.count, ...passed, won.count, won.amount, lost.count, percent(winRate), median]
  }
  const open = funnel.steps.filter(({ kind }) => kind === 'open')
  return {
    columns: [
      column(group, 'text', 28),
      column(word('report.entered')),
      ...open.map(({ name }) => column(name)),
      column(word('report.won')),
      column(word('report.wonAmount'), 'money', 18),
      column(word('report.lost')),
      column(word('report.winRate')),
      column(word('report.cycle'), 'number', 18),
    ],
    rows: [
      ...funnel.groups.map((one) =>
        line(named(word, one), one.steps, one.figures, days.groups.find(({ key }) => key === one.key)?.cycle?.median ?? null),
      ),
      line(word('ages.total'), funnel.steps, funnel.figures, days.cycle?.median ?? null),
    ],
  }
}

function forecastSheet(word: Word, forecast: Forecast): Sheet {
  const line = (name: string, { won, commit, open, weighted }: ForecastLine, target: number | null = null): WriteCell[] => {
    const expected = won.amount === null || weighted === null ? null : won.amount + weighted
    return [name, won.count, won.amount, commit.count, commit.amount, open.count, open.amount, weighted, expected, target]
  }
  return {
    columns: [
      column(word('report.month'), 'text', 20),
      column(word('report.won')),
      column(word('report.wonAmount'), 'money', 18),
      column(word('report.commit')),
      column(word('report.commitAmount'), 'money', 18),
      column(word('report.open')),
      column(word('report.openAmount'), 'money', 18),
      column(word('report.weighted'), 'money', 18),
      column(word('report.expected'), 'money', 18),
      column(word('report.target'), 'money', 18),
    ],
    rows: [
      ...forecast.months.map(({ month, target, ...one }) => line(month, one, target)),
      line(word('report.earlier'), forecast.earlier),
      line(word('report.later'), forecast.later),
      line(word('report.undated'), forecast.undated),
      line(word('ages.total'), forecast.total, forecast.total.target),
    ],
  }
}

function responseSheet(word: Word, found: Response, group: string): Sheet {
  const line = (name: string, { arrived, answered, waiting, closed, median, p90 }: ResponseLine): WriteCell[] => [
    name,
    arrived,
    answered,
    waiting,
    closed,
    median,
    p90,
  ]
  const heads = ['arrived', 'answered', 'waiting', 'closed', 'median', 'p90'] as const
  return {
    columns: [column(group, 'text', 28), ...heads.map((head) => column(word(`report.${head}`), 'number', 18))],
    rows: [...found.groups.map((one) => line(named(word, one), one)), line(word('ages.total'), found.total)],
  }
}

function roiSheet(word: Word, found: Roi): Sheet {
  const line = (
    name: string,
    { spent, leads, customers, opportunities, won, received, perLead, perWon, roi }: RoiLine,
  ): WriteCell[] => [
    name,
    spent,
    leads,
    customers,
    opportunities,
    won?.count ?? null,
    won?.amount ?? null,
    percent(roi),
    received?.amount ?? null,
    perLead,
    perWon,
  ]
  const counts = (['leads', 'customers', 'entered', 'won'] as const).map((head) => column(word(`report.${head}`)))
  const money = (head: 'wonAmount' | 'received' | 'perLead' | 'perWon') => column(word(`report.${head}`), 'money', 18)
  return {
    columns: [
      column(word('groupBy.source'), 'text', 28),
      column(word('report.spent'), 'money', 18),
      ...counts,
      money('wonAmount'),
      column(word('report.roi')),
      money('received'),
      money('perLead'),
      money('perWon'),
    ],
    rows: [...found.groups.map((one) => line(named(word, one), one)), line(word('ages.total'), found.total)],
  }
}

/**
 * The table of a report as a workbook, of the rows that the actor may export.
 * @throws Forbidden without the right to export what it counts; Refusal nothingToExport
 */
export async function writeReport(context: StagedContext, { report, language }: ReportExport, id: string): Promise<Written> {
  const { right } = TAKEN[report.name]
  if (!may(context.actor, right)) throw new Forbidden(right)
  const word: Word = (key) => text[language][key]
  const { columns, rows } = await sheetOf(context, report, word)
  const sheetName = word(`file.${report.name}`)
  const table: WriteTable = { id, now: Date.parse(context.now()), sheetName, columns, rows }
  return context.scan<Written>('exports.writeTable', table, { lane: 'long' })
}

async function sheetOf(context: StagedContext, report: Report, word: Word): Promise<Sheet> {
  const zone = context.services.timeZone()
  const reader = { actor: context.actor, zone, now: context.now(), today: dateIn(context.now(), zone), verb: 'export' as const }
  if (report.name === 'forecast') {
    const found = await context.scan<Forecast>('reports.forecast', { ...reader, asked: report.asked })
    const { total, earlier, later, undated } = found
    if ([total, earlier, later, undated].every(({ won, open }) => won.count + open.count === 0))
      throw new Refusal('nothingToExport')
    return forecastSheet(word, found)
  }
  if (report.name === 'roi') {
    const found = await context.scan<Roi>('reports.roi', { ...reader, asked: report.asked })
    if (found.groups.length === 0) throw new Refusal('nothingToExport')
    return roiSheet(word, found)
  }
  const group = word(`groupBy.${report.asked.group ?? 'none'}`)
  if (report.name === 'response') {
    const found = await context.scan<Response>('reports.response', { ...reader, asked: report.asked })
    if (found.total.arrived === 0) throw new Refusal('nothingToExport')
    return responseSheet(word, found, group)
  }
  const asked = { ...reader, asked: report.asked }
  const funnel = await context.scan<Funnel>('reports.funnel', asked)
  const { entered, won, lost } = funnel.figures
  if (entered.count + won.count + lost.count === 0) throw new Refusal('nothingToExport')
  return funnelSheet(word, funnel, await context.scan<FunnelDays>('reports.funnelDays', asked), group)
}
