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
