import { utils, write } from '@e965/xlsx'
import { strToU8, zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { cellText, inspectWorkbook, openWorkbook, WorkbookRefusal } from '../../src-main/kernel/workbook/sheet.ts'
import { gbk, readAll, readCells, scratch } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

let counter = 0
const put = (bytes: Uint8Array | string): string => files.put(`t${counter++}.csv`, bytes)

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('encodings', () => {
  const text = '名称,电话,备注\r\n"深圳市腾讯, 公司",0755-86013388,"第一行\n第二行 ""引号"""\r\n㐂𠮷屋,,"尾"\r\n'
  const table = [
    ['名称', '电话', '备注'],
    ['深圳市腾讯, 公司', '0755-86013388', '第一行\n第二行 "引号"'],
    ['㐂𠮷屋', null, '尾'],
  ]
  const variants: [string, string, Buffer][] = [
    ['utf-8', 'UTF-8', Buffer.from(text)],
    ['utf-8', 'UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', 'UTF-16LE with a mark', utf16(`\uFEFF${text}`, false)],
    ['utf-16be', 'UTF-16BE with a mark', utf16(`\uFEFF${text}`, true)],
    ['utf-16le', 'UTF-16LE without a mark', utf16(text, false)],
    ['utf-16be', 'UTF-16BE without a mark', utf16(text, true)],
    ['gb18030', 'GB18030', gbk(text)],
  ]
  test.each(variants)('%s: %s', async (encoding, _name, bytes) => {
    const path = put(bytes)
    const workbook = await openWorkbook(path, { fileName: '客户.csv' })
    expect([workbook.format, workbook.encoding, workbook.sheets[0]?.name]).toEqual(['csv', encoding, '客户'])
    await workbook.close()
    expect(await readCells(path)).toEqual(table)
  })

  test('characters cut by chunk borders stay whole', async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${'x'.repeat(i % 7)}编号${i},北京市朝阳区建国路${i}号`)
    for (const bytes of [Buffer.from(lines.join('\n')), gbk(lines.join('\n')), utf16(`\uFEFF${lines.join('\n')}`, false)]) {
      const read = await readCells(put(bytes))
      expect(read.map((cells) => cells.map((cell) => cellText(cell)).join(','))).toEqual(lines)
    }
  })

  test('one bad byte is reported with its row, all else is read', async () => {
    for (const good of [Buffer.from(text.repeat(20)), gbk(text.repeat(20))]) {
      const at = good.lastIndexOf('0755')
      const bytes = Buffer.concat([good.subarray(0, at), Buffer.from([0xff]), good.subarray(at)])
      const path = put(bytes)
      const { sheets, warnings } = await inspectWorkbook(path)
      expect(sheets[0]?.rows).toBe(60)
      expect(warnings).toEqual(['Row 59, column B: bytes that are no character in this encoding are shown as \uFFFD.'])
      const read = await readCells(path)
      expect(read[58]).toEqual(['深圳市腾讯, 公司', '\uFFFD0755-86013388', '第一行\n第二行 "引号"'])
      expect(read[59]).toEqual(table[2])
    }
  })
})

describe('delimited text', () => {
  test.each([',', ';', '\t', '|'])('separator %j is found, others may stand in the text', async (separator) => {
    const other = [',', ';', '\t', '|'].filter((one) => one !== separator).join('')
    const rows = Array.from({ length: 30 }, (_, i) => [`甲${i}`, `文${i % 3 === 0 ? other : ''}`, String(i)])
    const text = rows.map((row) => row.join(separator)).join('\r\n')
    expect(await readCells(put(text))).toEqual(rows)
  })

  test('mixed line ends, blank lines, ragged rows, quotes in the middle, no line end at the end', async () => {
    const path = put('a,b,c\r\n1,2\r\r\n\n3,5" pipe,x,y,z\n"q"tail,"",\n,,\nlast')
    expect(await readAll(path)).toEqual([
      { number: 1, cells: ['a', 'b', 'c'] },
      { number: 2, cells: ['1', '2'] },
      { number: 5, cells: ['3', '5" pipe', 'x', 'y', 'z'] },
      { number: 6, cells: ['qtail'] },
      { number: 8, cells: ['last'] },
    ])
  })

  test('a quote that never closes does not swallow the rest', async () => {
    const path = put('a,b\n1,"open\n2,x\n3,y\n')
    expect(await readCells(path)).toEqual([
      ['a', 'b'],
      ['1', '"open'],
      ['2', 'x'],
      ['3', 'y'],
    ])
    expect((await inspectWorkbook(path)).warnings).toEqual([
      'Row 2, column B: a quotation mark is never closed and is read as text.',
    ])
  })

  test('one column, a sep= line, one row', async () => {
    expect(await readCells(put('名称\n甲\n乙|丙\n丁\n戊;己\n庚\n辛\n'))).toEqual(
      ['名称', '甲', '乙|丙', '丁', '戊;己', '庚', '辛'].map((text) => [text]),
    )
    // Titles above a table have no separators either.
    expect(await readCells(put('客户表\n制表：张三\n2024年\n名称;电话\n甲;1\n'))).toEqual([
      ['客户表'],
      ['制表：张三'],
      ['2024年'],
      ['名称', '电话'],
      ['甲', '1'],
    ])
    expect(await readCells(put('名称\n甲\n乙\n'))).toEqual([['名称'], ['甲'], ['乙']])
    expect(await readAll(put('sep=;\r\na;b,c\r\n'))).toEqual([{ number: 2, cells: ['a', 'b,c'] }])
    expect(await readCells(put('a,b'))).toEqual([['a', 'b']])
  })

  test('a field or a record without end is refused with its row', async () => {
    const long = 'a,b\n1,' + 'x'.repeat(5 * 1024 * 1024)
    await expect(readAll(put(long))).rejects.toMatchObject({ code: 'tooLarge', row: 2, column: 'B' })
    const endless = `a,b\n${'1,'.repeat(9_000_000)}`
    await expect(readAll(put(endless))).rejects.toBeInstanceOf(WorkbookRefusal)
  })
})

describe('web pages named .xls', () => {
  test('spans, nested tables, entities, breaks, scripts, missing end tags', async () => {
    const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>导出</title><style>td{x:">"}</style></head><body>
<!-- <table><tr><td>no</td></tr></table> --><script>if (a<b) x="<table>"</script>
<table border=1><thead><tr><th rowspan=2>名称<th colspan="2">电话</tr><tr><th>手机<th>座机</tr></thead>
<tr><td>A &amp; B&nbsp;&#x4e2d;<br/>第二行<td> 138
  0013 </td><td><table><tr><td>x</td><td>y</td></tr></table></td></tr><tr><td>&nbsp;</td><td></td></tr></table>
<table><tr><td>第二表</td></tr></table></body></html>`
    const path = files.put('page.xls', page)
    expect(await readAll(path)).toEqual([
      { number: 1, cells: ['名称', '电话'] },
      { number: 2, cells: [null, '手机', '座机'] },
      { number: 3, cells: ['A & B\u00A0中\n第二行', '138 0013', 'x y'] },
      { number: 5, cells: ['第二表'] },
    ])
    const workbook = await openWorkbook(files.put('gb.xls', gbk(page)))
    expect([workbook.format, workbook.encoding]).toEqual(['html', 'gb18030'])
    await workbook.close()
    expect(await readAll(files.path('gb.xls'))).toEqual(await readAll(path))
  })
})

describe('other formats', () => {
  const rows = [
    ['名称', '手机', '日期', '真'],
    ['甲公司', 13_800_138_000, 45_351, true],
    ['', 0.5, null, false],
  ]
  const book = utils.book_new()
  const sheet = utils.aoa_to_sheet(rows)
  sheet['C2'].z = 'yyyy/mm/dd'
  utils.book_append_sheet(book, sheet, '客户')
  utils.book_append_sheet(book, utils.aoa_to_sheet([[1]]), '藏')
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] }

  test.each(['xls', 'xlsb', 'xlml', 'ods', 'xlsx'] as const)('%s reads the same table', async (bookType) => {
    const bytes = write(book, { type: 'buffer', bookType }) as Uint8Array
    const path = files.put(`wrong-name-${bookType}.csv`, bytes)
    // The library that makes these files writes a date format only into the binary ones and into xlsx.
    const dated = bookType === 'xls' || bookType === 'xlsb' || bookType === 'xlsx'
    const date = dated ? { date: '2024-02-29' } : 45_351
    expect(await readCells(path)).toEqual([rows[0], ['甲公司', 13_800_138_000, date, true], [null, 0.5, null, false]])
    const { sheets } = await inspectWorkbook(path)
    expect(sheets).toEqual([
      { name: '客户', hidden: false, rows: 3, cols: 4, nonEmpty: 10 },
      { name: '藏', hidden: dated, rows: 1, cols: 1, nonEmpty: 1 },
    ])
  })

  test('an XML spreadsheet of a web system: indexes, merges, types, GBK', async () => {
    const xml = `<?xml version="1.0" encoding="GBK"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="客户表"><Table ss:ExpandedRowCount="99"><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">名称</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">13800138000</Data></Cell><Cell><Data ss:Type="DateTime">2024-02-29T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table></Worksheet></Workbook>`
    const path = files.put('system.xls', gbk(xml))
    expect(await readAll(path)).toEqual([
      { number: 1, cells: ['名称', null, '日期'] },
      { number: 4, cells: [null, 13_800_138_000, { date: '2024-02-29' }, { duration: 30_600 }, true, { error: '#N/A' }] },
    ])
    expect((await inspectWorkbook(path)).sheets).toEqual([{ name: '客户表', hidden: false, rows: 4, cols: 6, nonEmpty: 7 }])
  })

  test('ods: repeats, covered cells, comments, types, hidden tables; a bomb of repeats is refused', async () => {
    const make = (body: string): string =>
      files.put(
        `o${counter++}.ods`,
        zipSync({
          mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
          'content.xml':
            strToU8(`<office:document-content><office:automatic-styles><style:style style:name="h" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:document-content>`),
        }),
      )
    const path = make(`<table:table table:name="一"><table:table-column table:number-columns-repeated="1024"/>
<table:table-header-rows><table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>表<text:span>头</text:span></text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1.5"><text:p>1,50</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="2024-02-29T08:00:00"><text:p>x</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="time" office:time-value="PT25H30M00S"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>
<table:table-cell office:value-type="string"><office:annotation><text:p>注释</text:p></office:annotation><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p><text:p>第二段</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>
<table:table table:name="二" table:style-name="h"><table:table-row><table:table-cell office:value-type="percentage" office:value="0.25"/></table:table-row></table:table>`)
    const dates = [2, 3, 4].map((number) => ({ number, cells: [{ date: '2024-02-29T08:00:00' }] }))
    expect(await readAll(path)).toEqual([
      { number: 1, cells: ['表头', null, 1.5, 1.5] },
      ...dates,
      { number: 5, cells: [{ duration: 91_800 }, true, { error: '#N/A' }, 'a   b\tc\n第二段'] },
    ])
    expect((await inspectWorkbook(path)).sheets).toEqual([
      { name: '一', hidden: false, rows: 5, cols: 4, nonEmpty: 10 },
      { name: '二', hidden: true, rows: 1, cols: 1, nonEmpty: 1 },
    ])
    const bomb =
      make(`<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"
office:value-type="float" office:value="1"/></table:table-row></table:table>`)
    await expect(inspectWorkbook(bomb)).rejects.toMatchObject({ code: 'bomb' })
  })
})
