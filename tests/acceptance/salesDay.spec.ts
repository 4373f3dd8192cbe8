// One day of sales with five people: from a lead that is entered to money that comes in, and every sum agrees to the fen.
import type { Locator, Page } from '@playwright/test'
import { CustomerList } from '../e2e/pages/customerList.ts'
import type { Caller } from '../e2e/support/caller.ts'
import { FINANCE, hire, SALES } from '../e2e/support/company.ts'
import { PASSWORD } from '../e2e/support/host.ts'
import { type Desk, expect, test } from '../e2e/support/test.ts'

const SERVICE = { login: 'hejing', name: '何静', password: PASSWORD }
const MANAGER = { login: 'sunwei', name: '孙伟', password: PASSWORD }
const FIRM = '丽水云和木业'
const DEAL = '热压机改造'
/** 4 pieces at 899.99 with a fifth taken off. */
const TOTAL = '2,879.97'
const month = (): string =>
  new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit' }).format(Date.now())

type Person = { id: string; name: string; version: number }
/** Who works here, under whom; one product of which a single piece lies there; leads of the website go to her. */
async function company(api: Caller): Promise<void> {
  await hire(api, SERVICE, 'service')
  const manager = await hire(api, MANAGER, 'salesManager')
  const { employeeId } = await api.call<{ employeeId: string }>('session.me')
  const people = await api.call<Person[]>('people.employees', {})
  const seller = people.find(({ name }) => name === SALES.name)
  const head = people.find(({ id }) => id === manager)
  await api.call('people.editEmployee', { id: seller?.id, version: seller?.version, values: { managerId: manager } })
  await api.call('people.editEmployee', { id: head?.id, version: head?.version, values: { managerId: employeeId } })
  const sources = await api.call<Person[]>('leadSettings.words', { list: 'source' })
  await api.call('leadSettings.createRule', {
    name: '官网轮流',
    enabled: true,
    sources: [sources.find(({ name }) => name === '官网')?.id],
    places: [],
    method: 'roundRobin',
    members: [{ employeeId: seller?.id, regions: [] }],
    hours: null,
    poolId: null,
  })
  const press = await api.call<{ id: string }>('products.create', {
    name: '热压板',
    unit: '块',
    priceFen: 899_99,
    taxRate: '13',
    stocked: true,
  })
  const [home] = await api.call<{ id: string }[]>('stock.warehouses', {})
  await api.call('stock.move', {
    kind: 'in',
    warehouseId: home?.id,
    lines: [{ productId: press.id, quantity: '1' }],
    reason: '期初',
  })
  const aim = { of: 'employee', id: seller?.id }
  for (const kind of ['contract', 'received'])
    await api.call('targets.set', { kind, cells: [{ period: month(), aim, amount: 1_000_000 }] })
}

async function enterLead({ page }: Desk): Promise<void> {
  await page.goto('/leads')
  await page.getByRole('button', { name: '新建线索' }).first().click()
  const drawer = page.getByRole('dialog', { name: '新建线索' })
  await drawer.getByLabel('线索名称').fill('顾先生')
  await drawer.getByLabel('公司').fill(FIRM)
  await drawer.getByLabel('联系人').fill('顾云')
  await drawer.getByLabel('电话').fill('13757860011')
  await drawer.getByLabel('来源').click()
  await page.getByTitle('官网', { exact: true }).click()
  await drawer.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.locator('.toast')).toContainText(`分给${SALES.name}`)
}

async function answerAndConvert({ page }: Desk): Promise<void> {
  await page.goto('/leads')
  await page.locator('tr[data-row-key]').getByText('顾先生', { exact: true }).click()
  await page.getByRole('complementary').getByText('打开线索').click()
  await page.getByPlaceholder('写跟进').fill('要改造一台热压机，四块热压板')
  await page.getByRole('button', { name: '发布' }).click()
  await expect(page.getByRole('radio', { name: '已联系' })).toBeChecked()
  await expect(page.getByText('不到 1 分钟').first()).toBeVisible()
  await page.getByRole('button', { name: '转为客户' }).click()
  const becoming = page.getByRole('dialog', { name: '把「顾先生」转为客户' })
  await becoming.getByRole('checkbox', { name: '建商机' }).check()
  await becoming.getByLabel('商机名称').fill(DEAL)
  await becoming.getByLabel('建商机 金额').fill('2879.97')
  await becoming.getByRole('button', { name: '转为客户' }).click()
  const converted = page.getByRole('radio', { name: '已转化' })
  await expect(converted).toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('radio', { name: '已联系' })).toBeChecked()
  await page.keyboard.press('Control+Shift+Z')
  await expect(converted).toBeChecked()
}

async function carry(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await from.boundingBox()
  const end = await to.boundingBox()
  if (!start || !end) throw new Error('there is no such place')
  await page.mouse.move(start.x + 60, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(start.x + 80, start.y + 30, { steps: 3 })
  await expect(page.locator('.carried')).toBeVisible()
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height / 2, 200), { steps: 6 })
  await page.mouse.up()
}

async function toQuote({ page }: Desk): Promise<void> {
  await page.goto('/opportunities?kind=board')
  const column = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}，`) })
  const card = (stage: string) => column(stage).getByRole('button', { name: new RegExp(`^${DEAL}`) })
  await carry(page, card('初步接洽'), column('方案报价'))
  await expect(card('方案报价')).toBeVisible()
  await expect(page.getByText(`「${DEAL}」已移到方案报价`)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(card('初步接洽')).toBeVisible()
  await page.keyboard.press('Control+Shift+Z')
  await expect(card('方案报价')).toBeVisible()
  await card('方案报价').click()
  await page.getByRole('complementary').getByText('打开商机').click()
  await page.getByRole('button', { name: '做报价' }).click()

  const cell = (what: string) => page.getByLabel(`第 1 行 ${what}`)
  await cell('产品或服务').fill('热压')
  await page.locator('.ant-select-item-option').filter({ hasText: '热压板' }).first().click()
  await expect(cell('单价')).toHaveValue('899.99')
  await cell('数量').fill('4')
  await cell('折扣').fill('20')
  await page.getByRole('button', { name: '保存明细' }).click()
  await expect(page.getByText(`已保存明细，报价金额 ${TOTAL}`)).toBeVisible()
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.getByRole('dialog', { name: '提交审批' }).getByRole('button', { name: '提交审批' }).click()
  await expect(page.getByText('审批中').first()).toBeVisible()
}

async function agree({ page }: Desk): Promise<void> {
  await page.goto('/approvals')
  await page.getByRole('button', { name: new RegExp(DEAL) }).click()
  const request = page.getByRole('region', { name: new RegExp(DEAL) })
  await expect(request).toContainText(TOTAL)
  await request.getByRole('button', { name: '通过' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(request.getByText('已通过')).toBeVisible()
}

async function win({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: '标记为已发送' }).click()
  await page.getByRole('button', { name: '打印' }).click()
  await expect(page.getByRole('article', { name: '报价单' })).toContainText(TOTAL)
  await page.getByRole('link', { name: '返回' }).click()
  await page.getByRole('button', { name: '客户接受' }).click()
  await expect(page.getByRole('button', { name: '生成订单' })).toBeVisible()
  await page.locator('main').getByRole('link', { name: DEAL }).click()
  await page.getByRole('radio', { name: '赢单' }).click()
  await expect(page.getByRole('radio', { name: '赢单' })).toBeChecked()
  await page.goBack()
  await page.getByRole('button', { name: '生成订单' }).click()
  await expect(page.locator('.figures > div').filter({ hasText: '订单金额' })).toContainText(TOTAL)
}

async function planAndConfirm({ page }: Desk): Promise<void> {
  await page.getByRole('tab', { name: /^回款计划/ }).click()
  await page.getByRole('button', { name: '编辑计划' }).click()
  const plans = page.getByRole('group', { name: '回款计划' })
  const due = async (nth: string, day: string) => {
    await plans.getByLabel(`${nth} 应收日期`).fill(day)
    await plans.getByLabel(`${nth} 应收日期`).press('Tab')
  }
  await due('第 1 期', '2020-01-15')
  await plans.getByLabel('第 1 期 计划金额').fill('1000')
  await plans.getByRole('button', { name: '加一期' }).click()
  await expect(plans.getByLabel('第 2 期 计划金额')).toHaveValue('1879.97')
  await due('第 2 期', '2099-01-15')
  await plans.getByRole('button', { name: '保存' }).click()
  await expect(page.locator('.record-tab')).toContainText('逾期')
  await page.getByRole('radio', { name: '已确认' }).click()
  await expect(page.getByText(/热压板 缺 3 块，已生成采购申请 CG-/)).toBeVisible()
}

/** The manager prices what is missing and asks; his own manager agrees; it arrives. */
async function purchase({ page }: Desk, boss: Desk): Promise<void> {
  await page.goto('/purchases')
  await page.locator('tr[data-row-key]').getByText(/^CG-/).first().click()
  await page.getByRole('complementary').getByRole('button', { name: '打开', exact: true }).click()
  await page.getByRole('button', { name: '修改明细' }).click()
  await page.getByLabel('第 1 行 单价').fill('500')
  await page.getByLabel('第 1 行 单价').press('Control+Enter')
  await expect(page.getByLabel('第 1 行 单价')).toBeHidden()
  await expect(page.getByRole('cell', { name: '1,500.00' })).toBeVisible()
  await page.getByRole('button', { name: '提交审批' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '提交审批' }).click()
  await expect(page.locator('.record-name')).toContainText('审批中')
  await boss.page.goto('/approvals')
  await boss.page.getByRole('button', { name: /CG-/ }).click()
  const request = boss.page.getByRole('region', { name: /CG-/ })
  await request.getByRole('button', { name: '通过' }).click()
  await boss.page.getByRole('dialog').getByRole('button', { name: '通过' }).click()
  await expect(request.getByText('已通过')).toBeVisible()
  await page.getByRole('button', { name: '到货入库' }).click()
  const receiving = page.getByRole('dialog', { name: /到货入库/ })
  await receiving.getByRole('button', { name: '入库', exact: true }).click()
  await expect(page.locator('.record-name')).toContainText('已到货')
}

async function askInvoice({ page }: Desk): Promise<void> {
  await page.getByRole('tab', { name: /^明细/ }).click()
  await expect(page.getByRole('region', { name: '库存' })).toContainText('已预留 4 块')
  await page.getByRole('tab', { name: '发票' }).click()
  await page.getByRole('button', { name: '申请开票' }).click()
  const asking = page.getByRole('dialog', { name: '申请开票' })
  await asking.getByRole('button', { name: '加抬头' }).click()
  const profile = page.getByRole('dialog', { name: '加抬头' })
  await profile.getByLabel('抬头', { exact: true }).fill(FIRM)
  await profile.getByLabel('税号').fill('91350100M000100Y43')
  await profile.getByRole('button', { name: '保存' }).click()
  await expect(profile).toBeHidden()
  await expect(asking.getByText('91350100M000100Y43')).toBeVisible()
  await asking.getByRole('button', { name: '提交申请' }).click()
  await expect(asking).toBeHidden()
  await expect(page.locator('[data-sum=uninvoiced]')).toHaveText(/^(0\.00|—)$/)
}

/** Two part payments and a refund; the invoice is made out. */
async function receive({ page }: Desk, order: string): Promise<void> {
  await page.goto(order)
  const due = page.locator('.figures > div').filter({ hasText: '未回款' })
  await page.getByRole('tab', { name: '回款', exact: true }).click()
  for (const [yuan, left] of [
    ['1000.33', '1,879.64'],
    ['500.21', '1,379.43'],
  ] as const) {
    await page.getByRole('button', { name: '登记回款' }).click()
    const paying = page.getByRole('dialog', { name: '登记回款' })
    await paying.getByLabel('金额', { exact: true }).fill(yuan)
    await paying.getByRole('button', { name: '保存' }).click()
    await expect(paying).toBeHidden()
    await expect(due).toContainText(left)
  }
  await page.keyboard.press('Control+z')
  await expect(due).toContainText('1,879.64')
  await page.keyboard.press('Control+Shift+Z')
  await expect(due).toContainText('1,379.43')
  await page.getByRole('button', { name: '退款' }).first().click()
  const refund = page.getByRole('dialog', { name: /退回/ })
  await refund.getByLabel('金额', { exact: true }).fill('100.05')
  await refund.getByRole('button', { name: '退款' }).click()
  await expect(due).toContainText('1,479.48')
  await page.goto('/invoices?view=waiting')
  await page.getByRole('row').filter({ hasText: FIRM }).getByText(/^FP-/).click()
  await page.getByRole('button', { name: '开具', exact: true }).click()
  const issuing = page.getByRole('dialog', { name: /^开具/ })
  await issuing.getByLabel('发票号码').fill('26332000000000000001')
  await issuing.getByRole('button', { name: '开具' }).click()
  await expect(page.getByRole('button', { name: '寄出或交付' })).toBeVisible()
}

/** The customer's strip, the funnel, the targets and what is owed say the same. */
async function agrees({ page }: Desk): Promise<void> {
  await page.goto('/customers')
  await new CustomerList(page).openRecord(FIRM)
  const figure = (label: string) => page.locator('.figures > div').filter({ hasText: label })
  await expect(figure('累计成交')).toContainText(TOTAL)
  await expect(figure('已回款')).toContainText('1,400.49')
  await expect(figure('应收')).toContainText('1,479.48')
  await page.goto('/reports')
  await page.getByRole('button', { name: `${SALES.name} 赢单` }).click()
  const rows = page.getByRole('dialog')
  await expect(rows).toContainText(`1 个 · ${TOTAL} 元`)
  await expect(rows.getByRole('link')).toHaveText([DEAL])
  await rows.getByRole('button', { name: '关闭' }).click()
  await expect(rows).toBeHidden()
  await page.getByRole('tab', { name: '业绩排行' }).click()
  for (const [kind, sum] of [
    ['合同额', TOTAL],
    ['回款额', '1,400.49'],
  ] as const) {
    await page.getByTitle(kind, { exact: true }).click()
    await page.getByRole('button', { name: `${SALES.name} 已完成` }).click()
    const reached = page.getByRole('dialog', { name: kind })
    await expect(reached).toContainText(sum)
    await reached.getByRole('button', { name: '关闭' }).click()
    await expect(reached).toBeHidden()
  }
  await page.goto('/reports/receivables')
  const line = page.getByRole('row').filter({ hasText: FIRM })
  await expect(line.locator('[data-age=due]')).toContainText('1,479.48')
}

test('a lead becomes a customer, a quote, an order with goods that were missing, and money; strip, funnel, targets and receivables agree to the fen', async ({
  signedIn: boss,
  desk,
}) => {
  await company(boss.api)
  await enterLead(await desk(SERVICE))
  const seller = await desk(SALES)
  await answerAndConvert(seller)
  await toQuote(seller)
  const manager = await desk(MANAGER)
  await agree(manager)
  await win(seller)
  await planAndConfirm(seller)
  await purchase(manager, boss)
  await askInvoice(seller)
  await receive(await desk(FINANCE), new URL(seller.page.url()).pathname)
  await agrees(seller)
})
