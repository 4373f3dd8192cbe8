import { CustomerList, CustomerRecord } from './pages/customerList.ts'
import { HERS } from './support/company.ts'
import { expect, test } from './support/test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('on a phone: find a customer, open it, write a follow-up', async ({ signedIn: { page } }) => {
  await new CustomerList(page).search('csqj')
  await page.getByRole('button', { name: HERS }).tap()
  const record = new CustomerRecord(page)
  await expect(record.title()).toHaveText(HERS)
  await page.getByPlaceholder('写跟进').fill('手机上写的跟进')
  await page.getByRole('button', { name: '发布' }).tap()
  await expect(record.event('手机上写的跟进')).toBeVisible()
  // Nothing may push the page sideways.
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await wide()).toBeLessThanOrEqual(0)
  await page.getByRole('link', { name: '客户' }).first().tap()
  await expect(page.getByRole('button', { name: HERS })).toBeVisible()
  expect(await wide()).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: /搜索$/ }).tap()
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
})

test('on a phone the thumb reaches writing, calling and the next date', async ({ signedIn: { page } }) => {
  await new CustomerList(page).search('csqj')
  await page.getByRole('button', { name: HERS }).tap()
  const record = new CustomerRecord(page)
  await expect(record.title()).toHaveText(HERS)
  const bar = page.locator('.phone-bar')
  await expect(bar.getByRole('link', { name: '打电话' })).toHaveAttribute('href', 'tel:+8613812345678')
  await bar.getByRole('button', { name: '写跟进' }).tap()
  await expect(page.getByPlaceholder('写跟进')).toBeFocused()
  await page.getByPlaceholder('写跟进').fill('路上写的')
  // When to come back is asked in the same box, and wholly on the screen.
  await page.locator('.composer').getByRole('button', { name: '下次跟进' }).tap()
  await page.getByText('明天', { exact: true }).tap()
  await expect(page.locator('.composer').getByRole('button', { name: /下次跟进 .* 09:00/ })).toBeVisible()
  await page.locator('.composer').getByLabel('去掉下次跟进').tap()
  await page.getByRole('button', { name: '发布' }).tap()
  await expect(record.event('路上写的')).toBeVisible()
  await bar.getByRole('button', { name: '下次跟进' }).tap()
  await page.locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden) .ant-picker-cell-in-view').last().tap()
  await page.locator('.ant-picker-dropdown:not(.ant-picker-dropdown-hidden) .ant-picker-ok button').tap()
  await expect(bar.getByRole('button', { name: /\d\d-\d\d \d\d:\d\d/ })).toBeVisible()
  await record.tab('详情').tap()
  await expect(bar).toBeVisible()
  // In the list the same lies behind a row that is pushed to the left.
  await page.getByRole('link', { name: '客户' }).first().tap()
  await expect(page.getByRole('link', { name: '电话' })).toHaveAttribute('href', 'tel:+8613812345678')
  await page.getByRole('button', { name: '跟进', exact: true }).tap()
  await expect(page.getByPlaceholder('写跟进')).toBeFocused()
})

test('on a phone the tasks of today open their list, and an opportunity goes to another stage from its card', async ({
  signedIn: { page, api },
}) => {
  const { rows } = await api.call<{ rows: { id: string; version: number }[] }>('customers.list', { search: HERS, limit: 1 })
  const nextFollowUpAt = new Date().toISOString()
  await api.call('customers.edit', { id: rows[0]?.id, version: rows[0]?.version, values: { nextFollowUpAt } })
  await api.call('opportunities.removeMany', { selection: { which: {}, except: [] } })
  await api.call('opportunities.create', { name: '路上谈的', customerId: rows[0]?.id })
  await page.goto('/')
  await page.getByRole('link', { name: /今日待跟进/ }).tap()
  await expect(page.getByRole('button', { name: HERS })).toBeVisible()
  await page.goto('/opportunities?kind=board')
  await page.getByRole('button', { name: '移动「路上谈的」' }).tap()
  await page.getByRole('menuitem', { name: '需求确认' }).tap()
  await expect(page.getByText('「路上谈的」已移到需求确认')).toBeVisible()
  await page
    .getByRole('group', { name: '阶段' })
    .getByRole('button', { name: /需求确认 ?1/ })
    .tap()
  await expect(page.getByRole('button', { name: /^路上谈的/ })).toBeVisible()
})
