import { employeeEntity } from '../../../src-shared/features/people/entity.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import { cleanName } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CleanRow, Importer, Likeness, Parts, Placing, RowKey, RowRecord, Values } from '../../kernel/importer.ts'
import { pathThere, writeEmployees } from './importWrite.ts'
import { readEmployees } from './read.ts'
import { requireSoundPeople, requireTouchedCovered, rightsTouchedBy } from './sound.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const personOf = (parts: Parts): Values => parts.employee?.[0] ?? {}

function matchRecord(parts: Parts): RowRecord {
  const { name, phone, email } = personOf(parts)
  return {
    name: cleanName(text(name)),
    kind: 'person',
    phones: text(phone) === '' ? [] : [text(phone)],
    email: text(email).toLowerCase() || null,
  }
}

/** People of one name are looked at; the name alone makes them the same only while nothing speaks against it. */
const keys = (parts: Parts): RowKey[] => {
  const name = cleanName(text(personOf(parts)['name']))
  return name === '' ? [] : [{ kind: 'own', key: name }]
}

function compare(row: RowRecord, there: RowRecord): Likeness {
  const samePhone = row.phones.some((phone) => there.phones.includes(phone))
  const sameMail = Boolean(row.email) && row.email === there.email?.toLowerCase()
  const otherPhone = row.phones.length > 0 && there.phones.length > 0 && !samePhone
  const otherMail = Boolean(row.email) && Boolean(there.email) && !sameMail
  const reasons = [
    { code: 'personNameSame', weight: 4 },
    ...(samePhone ? [{ code: 'mobileSame', weight: 11 }] : []),
    ...(sameMail ? [{ code: 'emailSame', weight: 10 }] : []),
  ]
  const bits = reasons.reduce((sum, { weight }) => sum + weight, 0)
  if (samePhone || sameMail || !(otherPhone || otherMail)) return { verdict: 'same', bits, score: 0.99, reasons }
  // Another number may be a new number, or a colleague of the same name: a person decides.
  return { verdict: 'maybe', bits, score: 0.5, reasons }
}

const DEPARTMENTS = 'select id, name, parent_id as parentId from department where ? is not null'

/** A department that nobody has made yet is announced: a slip in its name would make a second one. */
function tellNewDepartment(row: CleanRow, { read }: Placing): void {
  const path = text(personOf(row.parts)['departmentPath'])
  if (path === '') return
  const there = read(DEPARTMENTS, '').map(({ id, name, parentId }) => ({
    id: text(id),
    name: text(name),
    parentId: parentId === null ? null : text(parentId),
  }))
  if (!pathThere(path, there))
    row.problems.push({ column: null, level: 'warning', code: 'department.unknown', detail: path.slice(0, 80) })
}

/** A list of employees, without accounts: who signs in is decided one by one. */
export const employeeImporter: Importer = {
  entity: 'employee',
  parts: [employeeEntity],
  identified: ['employee.name'],
  unidentified: 'employeeNotMapped',
  action: 'importedEmployees',
  needs: 'people.manage',
  creates: 'people.manage',
  writes: {},
  makes: { entity: 'employee', creates: 'people.manage', fields: ['managerName'] },
  presentPeople: [],
  repeatable: [],
  words: {},
  finish: (row) => {
    const person = (row.parts.employee ??= [{}])[0] ?? {}
    row.parts.employee = [person]
    person['name'] = cleanName(text(person['name']))
    if (person['name'] === '') row.problems.push({ column: null, level: 'error', code: 'nameless' })
    // Kept in the row: only the write knows whether it is he or somebody of the same name.
    if (person['name'] !== '' && cleanName(text(person['managerName'])) === person['name'])
      row.problems.push({ column: null, level: 'warning', code: 'managerOfHimself' })
    const [hired, left] = [text(person['hiredOn']), text(person['leftOn'])]
    if (hired !== '' && left !== '' && left < hired) row.problems.push({ column: null, level: 'error', code: 'leftBeforeHired' })
  },
  place: tellNewDepartment,
  matchRecord,
  keys,
  compare,
  candidates: {
    sql: 'select e.id, e.name, e.phone, e.email from json_each(?) w cross join employee e on e.name = w.value limit 60',
    parameter: (found) => JSON.stringify(found.map(({ key }) => key)),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['name']),
      ownerId: null,
      ownerName: null,
      deleted: false,
      record: matchRecord({ employee: [row] }),
    }),
  },
  sees: (actor) => may(actor, 'people.read'),
  there: async (db, actor, ids) => {
    if (!may(actor, 'people.read')) return []
    const everybody = await readEmployees(db, '9999-12-31', { includeLeft: true })
    const names = new Map<string, string>(everybody.map(({ id, name }) => [id, name]))
    return everybody
      .filter(({ id }) => ids.includes(id))
      .map((one) => ({ ...one, departmentPath: one.departmentName, managerName: names.get(one.managerId ?? '') ?? null }))
  },
  // Somebody the list noted the leaving of may have got an account since, with more rights than who takes it back.
  mayUndo: async (context, seq) => requireTouchedCovered(context, await rightsTouchedBy(context.tx, seq)),
  afterUndo: async (context) => {
    // Taking back must not leave nobody who can sign in as administrator, nor a circle of departments.
    await requireSoundPeople(context.tx)
    context.afterCommit(context.services.rightsChanged)
  },
  write: writeEmployees,
}
