import { request } from '@playwright/test'
import { type Caller, caller } from './caller.ts'
import { ADMIN, COMPANY, kezhan, PASSWORD, startHost } from './host.ts'

/** Who works in the company of most tests, beside the administrator. */
export const SALES = { login: 'lina', name: '李娜', password: PASSWORD }
export const FINANCE = { login: 'wangfang', name: '王芳', password: PASSWORD }
/** Names with polyphones: 长 chang, 仇 qiu, 重 chong, 单 shan. */
export const HERS = '长沙仇记机械有限公司'
export const HIS = '重庆单氏物流有限公司'
export const SECRET = '报价压到九折才肯签'
export const SEEDED = 90

type Made = { id: string }

/** The first company: seeded customers, and two whose names and owners the tests know. */
export async function foundCompany(folder: string): Promise<void> {
  await kezhan(
    'init',
    '--data',
    folder,
    '--company',
    COMPANY,
    '--admin',
    ADMIN.login,
    '--name',
    ADMIN.name,
    '--password',
    PASSWORD,
  )
  await kezhan('seed', '--data', folder, '--customers', String(SEEDED))
  const host = await startHost(folder)
  const browser = await request.newContext()
  try {
    const admin = caller(browser, host.url)
    await admin.call('session.login', { login: ADMIN.login, password: ADMIN.password })
    const sales = await hire(admin, SALES, 'sales')
    await hire(admin, FINANCE, 'finance')
    const me = await admin.call<{ employeeId: string }>('session.me')
    const hers = await admin.call<Made>('customers.create', { name: HERS, ownerId: sales, phone: '13812345678', level: 'B' })
    await admin.call('customers.create', { name: HIS, ownerId: me.employeeId, phone: '13987654321', level: 'A' })
    await admin.call('followUps.create', { customerId: hers.id, kind: 'call', text: SECRET, contactId: null })
  } finally {
    await browser.dispose()
    await host.stop()
  }
}

type Somebody = { login: string; name: string; password: string }

/** An employee with an account of a seeded role; answers with the employee. */
export async function hire(admin: Caller, { login, name, password }: Somebody, builtin: string): Promise<string> {
  const roles = await admin.call<{ id: string; builtin: string | null }[]>('people.roles')
  const role = roles.find((one) => one.builtin === builtin)
  if (!role) throw new Error(`there is no role ${builtin}`)
  const employee = await admin.call<Made>('people.createEmployee', { name })
  const given = `${password} given`
  await admin.call('people.createUser', { employeeId: employee.id, login, password: given, roleIds: [role.id] })
  // A given password has to be changed before anything else.
  const browser = await request.newContext()
  const somebody = caller(browser, admin.url)
  await somebody.call('session.login', { login, password: given })
  await somebody.call('session.changePassword', { current: given, next: password })
  await browser.dispose()
  return employee.id
}
