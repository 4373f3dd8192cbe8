import { readFileSync } from 'node:fs'
import { CustomerList } from './pages/customerList.ts'
import { HIS, SEEDED } from './support/company.ts'
import { kezhan } from './support/host.ts'
import { expect, test } from './support/test.ts'

type Read = { sheets: { name: string; rows: number; cols: number; nonEmpty: number }[] }

for (const format of ['xlsx', 'csv']) {
  test(`the list as it stands goes out as ${format} and is read back`, async ({ signedIn: { page, api } }, info) => {
    await api.call('customers.create', { name: '=cmd|formula', phone: '13500009999' })
    const list = new CustomerList(page)
    await list.open()
    // 联系人 is another record: brought back with the file it would be taken for a new one.
    const columns = (await page.getByRole('columnheader').allTextContents()).filter(
      (title) => title.trim() !== '' && title.trim() !== '联系人',
    )
    await page.getByRole('button', { name: '导出' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: new RegExp(format) }).click(),
    ])
    await expect(list.toast(`已导出 ${SEEDED + 3} 行`)).toBeVisible()
    const path = info.outputPath(`list.${format}`)
    await file.saveAs(path)
    const { sheets } = await kezhan<Read>('read', path)
    // Two more columns than shown: the id, so that a changed file finds its rows again, and what the base held by then.
    expect(sheets[0]).toMatchObject({ rows: SEEDED + 4, cols: columns.length + 2 })
    expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`))
    if (format === 'csv') {
      const text = readFileSync(path, 'utf8')
      expect(text).toContain(HIS)
      // A formula must stay words in whatever opens the file.
      expect(text).not.toMatch(/(^|[,"\n])=cmd/m)
    }
  })
}

test('an export of a filtered list holds only what is shown', async ({ signedIn: { page } }) => {
  const list = new CustomerList(page)
  await list.open()
  await list.search('cqss')
  await expect.poll(() => list.total()).toBe(1)
  await page.getByRole('button', { name: '导出' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /xlsx/ }).click()])
  const { sheets } = await kezhan<Read>('read', await file.path())
  expect(sheets[0]?.rows).toBe(2)
})
