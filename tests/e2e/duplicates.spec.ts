import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Caller } from './support/caller.ts'
import { root } from './support/host.ts'
import { expect, test } from './support/test.ts'

const folder = join(root, '.cache/screenshots')
mkdirSync(folder, { recursive: true })

/** Taken when the page stands still; looked at by people, compared with nothing. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(page.locator('.bone')).toHaveCount(0)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

const KEPT = '苏州博远精密机械有限公司'
const EMPTIER = '苏州博远精密机械'
const FIRST = '绍兴越纺印染有限公司'
const SECOND = '绍兴粤纺印染有限公司'

async function plant(api: Caller): Promise<void> {
  const add = (values: Record<string, unknown>) => api.call<{ id: string }>('customers.create', values)
  const { id } = await add({
    name: KEPT,
    phone: '13805126621',
    email: 'sales@boyuan.cn',
    address: '江苏省苏州市吴中区工业园区星湖街 328 号',
    industry: '精密机械',
    level: 'A',
    status: 'active',
  })
  await api.call('contacts.create', { customerId: id, name: '沈立群', phone: '13805126621', title: '采购' })
  await api.call('followUps.create', { customerId: id, kind: 'call', text: '下周看样', contactId: null })
  await add({ name: EMPTIER, phone: '138-0512-6621', industry: '机械加工', status: 'potential' })
  const other = await add({ name: FIRST, address: '浙江省绍兴市柯桥区轻纺城 8 号' })
  await api.call('contacts.create', { customerId: other.id, name: '王海峰', phone: '13957511128' })
  await add({ name: SECOND, phone: '13957511128', address: '浙江省绍兴市柯桥区轻纺城' })
}

test('duplicates are searched for, one pair told apart, of another the fuller one kept, and both taken back', async ({
  signedIn: { page, api },
}) => {
  await plant(api)
  await page.goto('/duplicates')
  await expect(page.getByText('还没有查找过重复客户')).toBeVisible()
  await shoot(page, 'duplicates-never-desk')
  await page.getByRole('button', { name: '开始查找' }).click()
  const items = page.locator('.dup-item')
  await expect(items.filter({ hasText: KEPT })).toBeVisible({ timeout: 30_000 })
  await expect(items.filter({ hasText: FIRST })).toBeVisible()

  await items.filter({ hasText: KEPT }).click()
  const detail = page.locator('.dup-detail')
  await expect(detail).toContainText('手机相同')
  await expect(detail.locator('td.differs')).toContainText([EMPTIER, '机械加工'])
  await shoot(page, 'duplicates-desk')

  // The surest stands first.
  await page.keyboard.press('ArrowDown')
  await expect(detail).toContainText('轻纺城')
  await page.keyboard.press('ArrowUp')
  await expect(detail).toContainText('沈立群 138 0512 6621')
  await detail.getByRole('button', { name: '仅保留这条' }).first().click()
  await expect(page.getByText(`保留「${KEPT}」，其余 1 条移入回收站？`)).toBeVisible()
  await shoot(page, 'duplicates-keep-desk')
  await page.getByRole('button', { name: '移入回收站 1 条' }).click()
  await expect(items.filter({ hasText: KEPT })).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(items.filter({ hasText: KEPT })).toBeVisible()

  await items.filter({ hasText: FIRST }).click()
  await expect(detail).toContainText('轻纺城')
  await detail.getByRole('button', { name: '不是重复' }).click()
  await expect(page.getByText('已记住：这 2 条不是同一家，以后不再提示')).toBeVisible()
  await expect(items.filter({ hasText: FIRST })).toHaveCount(0)
  const result = async () => (await api.call<{ last: { id: string } | null }>('duplicates.state')).last?.id
  const searchAgain = async () => {
    const before = await result()
    await page.getByRole('button', { name: '重新查找' }).click()
    await expect.poll(result, { timeout: 30_000 }).not.toBe(before)
  }
  await page.keyboard.press('Control+z')
  await expect(items.filter({ hasText: FIRST })).toBeVisible()
  await page.keyboard.press('Control+y')
  await expect(items.filter({ hasText: FIRST })).toHaveCount(0)
  await searchAgain()
  await expect(items.filter({ hasText: KEPT })).toBeVisible()
  await expect(items.filter({ hasText: FIRST })).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })
  test('a group covers the list and gives it back', async ({ signedIn: { page, api } }) => {
    await plant(api)
    await api.call('duplicates.find')
    await expect
      .poll(async () => (await api.call<{ last: unknown }>('duplicates.state')).last, { timeout: 30_000 })
      .not.toBeNull()
    await page.goto('/duplicates')
    const item = page.locator('.dup-item').filter({ hasText: KEPT })
    await expect(item).toBeVisible()
    await shoot(page, 'duplicates-phone')
    await item.click()
    await expect(page.locator('.dup-detail')).toContainText('手机相同')
    await expect(item).toHaveCount(0)
    await shoot(page, 'duplicates-group-phone')
    await page.getByRole('button', { name: '返回列表' }).click()
    await expect(item).toBeVisible()
  })
})
