// Records of old workbooks put together by hand: what the libraries that write them never do.
import { afterAll, expect, test } from 'vitest'
import { inspectWorkbook } from '../../src-main/kernel/workbook/sheet.ts'
import { gbk, readAll, scratch } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

function record(type: number, ...parts: (Buffer | readonly number[])[]): Buffer {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}
const u16 = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [value & 0xff, value >> 8]))
const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
const EOF = record(0x0a)

function book(version: number, globals: readonly Buffer[], sheet: readonly Buffer[], name: Buffer): Buffer {
  const before = Buffer.concat([record(0x809, u16(version, 5, 0, 0)), ...globals])
  const bound = (offset: number): Buffer => record(0x85, u16(offset & 0xffff, offset >> 16), [1, 0], name)
  const offset = before.length + bound(0).length + EOF.length
  return Buffer.concat([before, bound(offset), EOF, record(0x809, u16(version, 16, 0, 0)), ...sheet, EOF])
}

test('Excel 5 with code page 936, cells column by column, results of formulas of every kind', async () => {
  const label = (row: number, column: number, text: string): Buffer =>
    record(0x204, u16(row, column, 0, gbk(text).length), gbk(text))
  const formula = (row: number, column: number, result: Buffer | readonly number[]): Buffer =>
    record(0x06, u16(row, column, 0), Buffer.from(result), u16(0, 0, 0, 0))
  const sheet = [
    label(0, 0, '名称'),
    label(1, 0, '绍兴越纺'),
    label(0, 1, '日期'),
    record(0x203, u16(1, 1, 1), f64(45_351)),
    formula(1, 2, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
    record(0x207, u16(gbk('算得').length), gbk('算得')),
    formula(1, 3, [1, 0, 1, 0, 0, 0, 0xff, 0xff]),
    formula(1, 4, [2, 0, 42, 0, 0, 0, 0xff, 0xff]),
    formula(1, 5, f64(2.5)),
    record(0xbd, u16(2, 0), u16(0), [(7 << 2) | 2, 0, 0, 0], u16(0), [((1234 << 2) & 0xff) | 3, (1234 << 2) >> 8, 0, 0], u16(1)),
  ]
  const xf = (format: number): Buffer => record(0xe0, u16(0, format, 0, 0))
  const name = gbk('客户')
  const bytes = book(0x500, [record(0x42, u16(936)), xf(0), xf(14)], sheet, Buffer.concat([Buffer.from([name.length]), name]))
  const path = files.put('five.et', bytes)
  expect(await readAll(path)).toEqual([
    { number: 1, cells: ['名称', '日期'] },
    { number: 2, cells: ['绍兴越纺', { date: '2024-02-29' }, '算得', true, { error: '#N/A' }, 2.5] },
    { number: 3, cells: [7, 12.34] },
  ])
  expect((await inspectWorkbook(path)).sheets).toEqual([{ name: '客户', hidden: true, rows: 3, cols: 6, nonEmpty: 10 }])
  await expect(readAll(files.put('cut.xls', bytes.subarray(0, bytes.length - 12)))).rejects.toMatchObject({
    code: 'damaged',
    sheet: '客户',
  })
})

test('shared texts that go on in the next record, wide and narrow by turns, with runs', async () => {
  // "ab" narrow | "c客" wide in the record that continues it; then a text with a formatting run.
  const first = record(0xfc, u16(0, 0, 0, 0), u16(4), [0], Buffer.from('ab'))
  const second = record(
    0x3c,
    [1],
    Buffer.from('c客', 'utf16le'),
    u16(2),
    [9],
    u16(1),
    Buffer.from('户号', 'utf16le'),
    u16(0, 1),
    u16(0),
    [0],
  )
  const cell = (row: number, index: number): Buffer => record(0xfd, u16(row, 0, 0, index, 0))
  const name = Buffer.from([1, 0, 0x53])
  const bytes = book(0x600, [first, second], [cell(0, 0), cell(1, 1), cell(2, 2)], name)
  expect(await readAll(files.put('continued.xls', bytes))).toEqual([
    { number: 1, cells: ['abc客'] },
    { number: 2, cells: ['户号'] },
  ])
  const wrong = book(0x600, [first, second], [cell(4, 9)], name)
  await expect(readAll(files.put('wrong.xls', wrong))).rejects.toMatchObject({ code: 'damaged', sheet: 'S', row: 5, column: 'A' })
})
