import { ADMIN } from './support/host.ts'
import { expect, test } from './support/test.ts'

test('a given password is changed before anything else', async ({ signedIn: { api }, desk }) => {
  const given = 'given by the administrator'
  const own = 'chosen by herself alone'
  const roles = await api.call<{ id: string; builtin: string | null }[]>('people.roles')
  const employee = await api.call<{ id: string }>('people.createEmployee', { name: '新来的小陈' })
  const roleIds = roles.filter(({ builtin }) => builtin === 'sales').map(({ id }) => id)
  await api.call('people.createUser', { employeeId: employee.id, login: 'xiaochen', password: given, roleIds })
  const { page } = await desk({ login: 'xiaochen', password: given })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('请先换成自己的')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await dialog.getByLabel('现在的密码').fill(given)
  await dialog.getByLabel('新密码').fill(own)
  await dialog.getByLabel('再输一遍').fill(own)
  await dialog.getByRole('button', { name: '改密码' }).click()
  await expect(page.getByText('密码已改')).toBeVisible()
  await expect(dialog).toBeHidden()
  await page.reload()
  await expect(page.getByRole('button', { name: '新建客户' })).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('the people page shows who is here, and the last administrator cannot be shut out', async ({ signedIn: { page, api } }) => {
  await page.goto('/settings/people')
  await expect(page.getByText('李娜').first()).toBeVisible()
  await expect(page.getByText(ADMIN.name).first()).toBeVisible()
  const users = await api.call<{ id: string; login: string }[]>('people.users')
  const own = users.find(({ login }) => login === ADMIN.login)
  const answer = await api.ask<{ data: { reason: string } }>('people.disableUser', { id: own?.id })
  expect([answer.status, answer.body.data.reason]).toEqual([422, 'lastAdmin'])
})
