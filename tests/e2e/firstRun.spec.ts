import { ADMIN, COMPANY } from './support/host.ts'
import { expect, test } from './support/test.ts'

test.use({ begins: 'unborn' })

async function answerAll(page: import('@playwright/test').Page, sample: boolean) {
  const next = page.getByRole('button', { name: '下一步' })
  await page.getByPlaceholder('公司全称，和营业执照一致').fill(COMPANY)
  await next.click()
  await expect(page.getByText('在哪个时区上班？')).toBeVisible()
  await next.click()
  await page.getByLabel('姓名').fill(ADMIN.name)
  await page.getByLabel('账号').fill(ADMIN.login)
  await page.getByLabel('密码', { exact: true }).fill(ADMIN.password)
  await page.getByLabel('再输一遍密码').fill(ADMIN.password)
  await next.click()
  if (sample) await page.getByRole('radio', { name: /先试用示例数据/ }).click()
  await page.getByRole('button', { name: '开始使用' }).click()
}

test('the address with the key leads through the first run and signs in', async ({ page, host }) => {
  expect(host.setupToken).toBeTruthy()
  await page.goto(`/#setup=${host.setupToken}`)
  await answerAll(page, false)
  await expect(page.getByText('客户进来之后，这里告诉您今天该做什么')).toBeVisible()
  await expect(page.getByRole('navigation')).toContainText(COMPANY)
  // The key is used up: whoever comes now has to sign in.
  expect(page.url()).not.toContain('setup=')
})

test('the questions are checked where they stand', async ({ page, host }) => {
  await page.goto(`/#setup=${host.setupToken}`)
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('必填')).toBeVisible()
  await page.getByPlaceholder('公司全称，和营业执照一致').fill(COMPANY)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel('姓名').fill(ADMIN.name)
  await page.getByLabel('账号').fill(ADMIN.login)
  await page.getByLabel('密码', { exact: true }).fill('kurz')
  await page.getByLabel('再输一遍密码').fill('anders')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByText('两次输入的不一样')).toBeVisible()
  await expect(page.getByText('要不要先放一些示例数据？')).toBeHidden()
})

test('without the key there is a sentence and no form', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByText('这台电脑还没有设置好')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
})

test('sample data comes with one click and goes with one', async ({ page, host }) => {
  await page.goto(`/#setup=${host.setupToken}`)
  await answerAll(page, true)
  await expect(page.getByText('正在使用示例数据')).toBeVisible()
  await page.getByRole('menuitem', { name: '客户', exact: true }).click()
  await expect(page.locator('tr[data-row-key]').first()).toBeVisible()
  await page.getByRole('button', { name: '一键清除' }).click()
  await page.getByRole('button', { name: '清除示例数据' }).click()
  await expect(page.getByText(/已清除 \d+ 条示例数据/)).toBeVisible()
  await expect(page.getByText('正在使用示例数据')).toBeHidden()
  await expect(page.getByText('把客户请进来')).toBeVisible()
  await page.getByRole('button', { name: '试用示例数据' }).click()
  await expect(page.getByText(/已放入 \d+ 个示例客户/)).toBeVisible()
  await expect(page.locator('tr[data-row-key]').first()).toBeVisible()
})
