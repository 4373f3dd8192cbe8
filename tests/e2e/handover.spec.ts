import { camera } from './support/camera.ts'
import { HERS, SALES } from './support/company.ts'
import { expect, test } from './support/test.ts'

type Employee = { id: string; name: string; leftOn: string | null; disabled: boolean }
type Row = { id: string; name: string; ownerName: string | null }

test('who leaves hands over his customers in one step, and one undo takes it back', async ({ signedIn: { page, api } }) => {
  const shoot = camera(page)
  for (const [name, level] of [
    ['宁波舟山物流有限公司', 'A'],
    ['绍兴越纺印染有限公司', 'B'],
  ])
    await api.call('customers.create', {
      name,
      level,
      ownerId: (await api.call<Employee[]>('people.employees', {})).find((one) => one.name === SALES.name)?.id,
    })
  await page.goto('/settings/people')
  await page.getByText(SALES.name, { exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '离职交接' }).click()
  await expect(page.getByRole('heading', { name: `离职交接：${SALES.name}` })).toBeVisible()
  await page.getByText('按级别').click()
  await shoot('handover-level')
  await page.getByText('平均分给几人').click()
  await page.getByRole('combobox', { name: '客户' }).click()
  for (const name of ['周掌柜', '王芳']) {
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Escape')
  await expect(page.locator('.handover-shares')).toContainText('周掌柜')
  await shoot('handover')
  await page.getByRole('button', { name: '交接并办理离职' }).click()
  await page.getByRole('button', { name: '交接 3 个客户' }).click()
  await expect(page.getByText(`${SALES.name} 的 3 个客户已交接，离职已办理`)).toBeVisible()
  const of = async () => (await api.call<{ rows: Row[] }>('customers.list', { search: HERS, limit: 1 })).rows[0]?.ownerName
  expect(await of()).not.toBe(SALES.name)
  const leaver = async () =>
    (await api.call<Employee[]>('people.employees', { includeLeft: true })).find((one) => one.name === SALES.name)
  expect(await leaver()).toMatchObject({ disabled: true })

  await page.getByRole('button', { name: '撤销' }).click()
  await expect.poll(of).toBe(SALES.name)
  await expect.poll(async () => (await leaver())?.leftOn).toBeNull()
})

test('an administrator looks as a salesman, changes nothing, and asks who sees a customer', async ({
  signedIn: { page, api },
  watch,
}) => {
  watch.expect(/status of 403/, 'what is opened is not remembered for her')
  const shoot = camera(page)
  const { rows } = await api.call<{ rows: Row[] }>('customers.list', { search: HERS, limit: 1 })
  await page.goto(`/customers/${rows[0]?.id}`)
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '谁能看到' }).click()
  const dialog = page.getByRole('dialog', { name: /谁能看到/ })
  await expect(dialog.getByRole('listitem').filter({ hasText: SALES.name })).toContainText('是负责人')
  await expect(dialog.getByRole('listitem').filter({ hasText: '王芳' })).toContainText('能看所有客户')
  await shoot('who-sees')
  await dialog.getByRole('listitem').filter({ hasText: SALES.name }).getByRole('button', { name: '以该用户查看' }).click()
  await page.getByRole('button', { name: '开始查看' }).click()
  await expect(page.getByText(`您正以「${SALES.name}」的身份查看，只能看，不能改`)).toBeVisible()
  await page.goto('/customers')
  await expect(page.locator('.grid-foot')).toContainText('1')
  await page.goto(`/customers/${rows[0]?.id}`)
  await shoot('looking')
  await page.locator('.record-fields .inline-value.can').first().click()
  await page.keyboard.type('改名')
  await page.keyboard.press('Enter')
  await expect(page.getByText('您正以他人身份查看，只能看，没有做任何修改').first()).toBeVisible()
  await page.getByRole('button', { name: '退出查看' }).click()
  await expect(page.getByRole('button', { name: '周掌柜' })).toBeVisible()
  await expect(page.getByText('的身份查看，只能看')).toHaveCount(0)
})
