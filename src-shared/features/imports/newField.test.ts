import { describe, expect, it } from 'vitest'
import { amountUnit, readMoneyCell, readNumberCell } from '../../kernel/cleaning/figures.ts'
import { proposeField } from './newField.ts'

describe('a unit in a header', () => {
  it.each([
    ['采购额（万元）', '万'],
    ['预算(万)', '万'],
    ['注册资本/万元', '万'],
    ['营收 单位：亿元', '亿'],
    ['金额（元）', '元'],
    ['金额(人民币万元)', '万'],
    ['采购额', null],
    ['万元户', null],
    ['备注（元旦前）', null],
  ])('%s: %s', (header, unit) => expect(amountUnit(header)).toBe(unit))
})

describe('a cell of figures', () => {
  it.each([
    ['12.5', '采购额（万元）', 12_500_000],
    ['12.5万', '采购额', 12_500_000],
    ['12.5万', '采购额（万元）', 12_500_000],
    ['￥1,200', '采购额（元）', 120_000],
    ['0.1', '采购额', 10],
    [1e6, '采购额', 100_000_000],
    ['-3', '采购额（万元）', -3_000_000],
  ])('%s under %s is %d fen', (cell, header, fen) => expect(readMoneyCell(cell, header)).toMatchObject({ value: fen }))

  it.each(['面议', '约十来万', '1-2万', 'abc'])('%s is no amount', (cell) =>
    expect(readMoneyCell(cell, '采购额')).toEqual({ problem: 'amount.unread' }),
  )

  it.each([
    ['1,200', null, null, 1200],
    ['１２．５', 1, null, 12.5],
    ['3.5万', null, null, 35_000],
    ['50人', null, '人', 50],
    ['50 人', 0, '人', 50],
    ['-0.10', null, null, -0.1],
    ['12.3456', 2, null, 12.35],
    ['1.23456789万', null, null, 12_345.6789],
    [0.1, null, null, 0.1],
    ['0', null, null, 0],
  ])('%s with %s places behind the point and unit %s is %d', (cell, precision, unit, value) =>
    expect(readNumberCell(cell, precision, unit)).toMatchObject({ value }),
  )

  it.each(['12-15', '十几', '1.2.3', '12,34人次数'])('%s is no number', (cell) =>
    expect(readNumberCell(cell, null, null)).toEqual({ problem: 'number.unread' }),
  )
  it('more digits than a number holds are refused', () =>
    expect(readNumberCell('12345678901234567', null, null)).toEqual({ problem: 'number.digits' }))
})

describe('a new field for a column', () => {
  it.each([
    ['采购额（万元）', ['12.5', '8', '', '1,200'], { label: '采购额', type: 'money' }],
    ['年营业额', ['12万', '￥3,000', '5000'], { type: 'money' }],
    ['签约日期', ['2026-03-05', '2026/4/1', '2026年5月'], { label: '签约日期', type: 'date' }],
    ['生日', ['19900501', '19851231'], { type: 'date' }],
    ['开户日', ['45991', '45992'], { type: 'date' }],
    ['员工数（人）', ['50', '120', '8'], { label: '员工数', type: 'number', unit: '人' }],
    ['评分', ['4.5', '3', '5'], { type: 'number' }],
    ['合同编号', ['20260101', '20260102'], { type: 'text' }],
    ['邮编', ['310000', '010010'], { type: 'text' }],
    ['工号', ['001', '002'], { type: 'text' }],
    ['是否开票', ['是', '否', '是'], { type: 'boolean' }],
    ['有无合同', ['有', '无'], { type: 'boolean' }],
    ['经营模式', ['直营', '加盟', '直营', '加盟', '代理', '代理'], { type: 'select', choices: ['直营', '加盟', '代理'] }],
    ['主营产品', ['轴承', '齿轮', '电机'], { type: 'text', choices: [] }],
    ['拜访记要', [`${'很长的一段话'.repeat(12)}`, '短'], { type: 'longText' }],
    ['财务电话', ['13957511128', '0575-84121300'], { type: 'phone' }],
    ['财务邮箱', ['a@b.cn', 'c@d.com'], { type: 'email' }],
    ['店铺链接', ['https://a.cn/x', 'www.b.com'], { type: 'link' }],
    ['* 付款方式：', ['月结', '月结', '现结', '现结'], { label: '付款方式', type: 'select' }],
    ['', ['甲', '乙'], { label: '', type: 'text' }],
    ['开票抬头', [], { type: 'text' }],
  ] as const)('%s', (header, cells, wanted) => expect(proposeField(header, cells)).toMatchObject(wanted))
})
