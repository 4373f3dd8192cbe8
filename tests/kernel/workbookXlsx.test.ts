import { afterAll, describe, expect, test } from 'vitest'
import { cellText, columnName, inspectWorkbook, openWorkbook } from '../../src-main/kernel/workbook/sheet.ts'
import { makeXlsx, readAll, readCells, scratch, sheetXml } from './workbookMaker.ts'

const files = scratch()
afterAll(() => files.remove())

let counter = 0
function sheet(rows: string, options: Parameters<typeof makeXlsx>[1] = {}): string {
  return files.put(`x${counter++}.xlsx`, makeXlsx([{ name: '客户', xml: sheetXml(rows) }], options))
}

const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>
<numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd hh:mm"/>
<numFmt numFmtId="167" formatCode="0.00E+00"/><numFmt numFmtId="168" formatCode="[Red]#,##0.00&quot;dhms&quot;"/>
<numFmt numFmtId="169" formatCode="上午/下午h&quot;时&quot;mm&quot;分&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/>
<xf numFmtId="168"/><xf numFmtId="31"/><xf numFmtId="169"/></cellXfs></styleSheet>`

describe('text', () => {
  test('shared strings: plain, rich, phonetic runs left out, escapes, entities, empty, any order', async () => {
    const sst = `<sst count="999" uniqueCount="1"><si><t>张三</t></si><si><r><t xml:space="preserve">富 </t></r><r><rPr><b/></rPr><t>文本</t></r></si>
<si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_b_x005F_x0041_ &lt;&amp;&#x4e2d;&#20013;</t></si>
<si><t/></si><si/><si><t><![CDATA[<&>]]></t></si></sst>`
    const cells = [3, 0, 1, 2, 4, 5, 6].map((index) => `<c t="s"><v>${index}</v></c>`).join('')
    expect(await readCells(sheet(`<row r="1">${cells}</row>`, { sst }))).toEqual([
      ['a\rb_x0041_ <&中中', '张三', '富 文本', '漢字', null, null, '<&>'],
    ])
  })

  test('inline strings: with runs, beside a value, without one', async () => {
    const rows = `<row><c t="inlineStr"><is><t>甲</t></is></c><c t="inlineStr"><is><r><t>乙</t></r><r><t>丙</t></r></is><v>0</v></c>
<c t="inlineStr"><v>x</v><is><t>丁</t></is></c><c t="inlineStr"><is><t/></is></c><c t="str"><f>A1</f><v>公式</v></c></row>`
    expect(await readCells(sheet(rows))).toEqual([['甲', '乙丙', '丁', null, '公式']])
  })

  test('a text of many pieces comes through chunk borders whole', async () => {
    const texts = Array.from({ length: 3000 }, (_, i) => `第${i}行，${'长'.repeat(i % 97)}&amp;尾`)
    const rows = texts
      .map((text, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t>${text}</t></is></c></row>`)
      .join('\n  ')
    const read = await readCells(sheet(rows))
    expect(read.map((cells) => cells[0])).toEqual(texts.map((text) => text.replace('&amp;', '&')))
  })
})

describe('a plain cell, read at one look', () => {
  const SST = ['张三', ' 两边 ', '_x0041_', 'a&amp;b', 'é']
  const values = ['0', '12', '-7', '3.25', '-', '.', '--1', '1e3', '123456789012345678', '', '1 2']
  const cells = values.map((value) => `<c s="0"><v>${value}</v></c>`).join('')
  const shared = SST.map((_, at) => `<c t="s"><v>${at}</v></c>`).join('')
  const items = SST.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')

  test('says what the same cell says with blanks in its tags', async () => {
    const rows = `<row r="1">${cells}</row><row r="2">${shared}</row>`
    const spaced = (xml: string): string => xml.replace(/<(\/?[vt])(?=[ >])/g, '<$1 ')
    const read = await readCells(sheet(rows, { sst: `<sst>${items.replaceAll(' xml:space="preserve"', '')}</sst>` }))
    for (const xml of [rows, spaced(rows)])
      for (const sst of [items, spaced(items)]) expect(await readCells(sheet(xml, { sst: `<sst>${sst}</sst>` }))).toEqual(read)
    expect(read).toEqual([
      [0, 12, -7, 3.25, '-', '.', '--1', 1000, 123456789012345680, null, '1 2'],
      ['张三', ' 两边 ', 'A', 'a&b', 'é'],
    ])
  })

  test('stays as it was behind one whose tags were left open', async () => {
    const broken = '<c><v>1</c>B</v><c><v>2</v></c><c t="s"><v>0</v></c>'
    const spaced = broken.replaceAll('</v>', '</v >')
    const options = { sst: `<sst>${items}</sst>` }
    const [one, two] = [broken, spaced].map((xml) => readCells(sheet(`<row r="1">${xml}</row>`, options)))
    expect(await one).toEqual(await two)
  })

  test('through the borders of chunks', async () => {
    const count = 40_000
    const rows = Array.from(
      { length: count },
      (_, at) => `<row r="${at + 1}"><c t="s"><v>${at}</v></c><c><v>${at * 7}</v></c></row>`,
    )
    const sst = `<sst>${Array.from({ length: count }, (_, at) => `<si><t>第${at}</t></si>`).join('')}</sst>`
    const read = await readCells(sheet(rows.join(''), { sst }))
    expect(read).toEqual(Array.from({ length: count }, (_, at) => [`第${at}`, at * 7]))
  })
})

describe('numbers, dates, the rest', () => {
  test('dates by built-in, custom and East Asian formats; a fake leap day; durations; no date where the format has none', async () => {
    const rows = `<row r="1"><c s="1"><v>45351</v></c><c s="2"><v>45351</v></c><c s="7"><v>45351</v></c><c s="4"><v>45351.5</v></c>
<c s="1"><v>45351.75</v></c><c s="3"><v>1.5</v></c><c s="8"><v>0.5</v></c><c s="5"><v>45351</v></c><c s="6"><v>45351</v></c></row>
<row r="2"><c s="1"><v>59</v></c><c s="1"><v>60</v></c><c s="1"><v>61</v></c><c s="1"><v>1</v></c><c s="1"><v>-5</v></c><c s="1"><v>2958466</v></c>
<c s="4"><v>45351.999999999</v></c></row>`
    expect(await readCells(sheet(rows, { styles }))).toEqual([
      [
        { date: '2024-02-29' },
        { date: '2024-02-29' },
        { date: '2024-02-29' },
        { date: '2024-02-29T12:00:00' },
        { date: '2024-02-29T18:00:00' },
        { duration: 129_600 },
        { duration: 43_200 },
        45_351,
        45_351,
      ],
      [
        { date: '1900-02-28' },
        { date: '1900-02-28' },
        { date: '1900-03-01' },
        { date: '1900-01-01' },
        -5,
        2_958_466,
        { date: '2024-03-01T00:00:00' },
      ],
    ])
  })

  test('the 1904 date system counts from 1904, whatever an extension says', async () => {
    const workbookPr = '<workbookPr date1904="1"/><extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
    expect(await readCells(sheet('<row><c s="1"><v>0</v></c><c s="1"><v>43889</v></c></row>', { styles, workbookPr }))).toEqual([
      [{ date: '1904-01-01' }, { date: '2024-02-29' }],
    ])
  })

  test('booleans, errors, ISO dates, odd numbers, formulas with and without result', async () => {
    const rows = `<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-02-29T08:30:00Z</v></c><c t="d"><v>2024-02-29</v></c>
<c><v>13800138000</v></c><c><v>1.38E+10</v></c><c><v>-0.1</v></c><c><v>0.30000000000000004</v></c><c><v> 7 </v></c><c><v>abc</v></c>
<c><f>SUM(A1)</f></c><c><f>SUM(A1)</f><v>5</v></c><c><v></v></c></row>`
    const path = sheet(rows)
    expect(await readCells(path)).toEqual([
      [
        true,
        false,
        { error: '#N/A' },
        { date: '2024-02-29T08:30:00' },
        { date: '2024-02-29' },
        13_800_138_000,
        13_800_000_000,
        -0.1,
      ].concat([0.30000000000000004, 7, 'abc', null, 5] as never[]),
    ])
    expect((await inspectWorkbook(path)).warnings).toEqual([
      'One formula has no stored result in the sheet "客户"; such cells count as empty.',
    ])
  })

  test('a number beyond all numbers stays its text, a cell outside of any row stands in the first, an empty text is no text', async () => {
    const sst = '<sst><si><t></t></si><si><t>甲</t></si></sst>'
    const rows = '<c t="s"><v>1</v></c><row r="3"><c><v>1e999</v></c><c s="1"><v>-1e400</v></c><c t="s"><v>0</v></c></row>'
    expect(await readAll(sheet(rows, { sst, styles }))).toEqual([
      { number: 1, cells: ['甲'] },
      { number: 3, cells: ['1e999', '-1e400'] },
    ])
  })

  test('rows of one number are both kept under numbers of their own; a row beyond all sheets is refused with its place', async () => {
    const row = (number: string, value: number): string => `<row r="${number}"><c><v>${value}</v></c></row>`
    expect(await readAll(sheet(row('5', 1) + row('3', 2) + row('5', 3) + row('7', 4)))).toEqual([
      { number: 5, cells: [1] },
      { number: 3, cells: [2] },
      { number: 6, cells: [3] },
      { number: 7, cells: [4] },
    ])
    await expect(readAll(sheet(row('2', 1) + row('99999999999999999999', 2)))).rejects.toMatchObject({ code: 'damaged', row: 2 })
  })

  test('what a person sees', () => {
    expect(cellText(13_800_138_000)).toBe('13800138000')
    expect(cellText(9_007_199_254_740_991)).toBe('9007199254740991')
    expect(cellText(1e20)).toBe('100000000000000000000')
    expect(cellText(0.1 + 0.2)).toBe('0.3')
    expect(cellText(1e-7)).toBe('0.0000001')
    expect(cellText(0.155, 'percent')).toBe('15.5%')
    expect(cellText({ date: '2024-02-29' })).toBe('2024-02-29')
    expect(cellText({ date: '2024-02-29T00:00:00' })).toBe('2024-02-29')
    expect(cellText({ date: '2024-02-29T08:05:00' })).toBe('2024-02-29 08:05:00')
    expect(cellText({ duration: 90_061 })).toBe('25:01:01')
    expect(cellText({ error: '#N/A' })).toBe('#N/A')
    expect([cellText(null), cellText(true), cellText(-0)]).toEqual(['', 'TRUE', '0'])
    expect([columnName(0), columnName(25), columnName(26), columnName(16_383)]).toEqual(['A', 'Z', 'AA', 'XFD'])
  })
})

describe('shape', () => {
  test('cells and rows without r, gaps, cells out of order, prefixes, single quotes, comments', async () => {
    const xml = `<x:worksheet xmlns:x='m'><x:sheetData><!-- <x:row/> --><x:row><x:c><x:v>1</x:v></x:c><x:c r='D1'><x:v>4</x:v></x:c><x:c><x:v>5</x:v></x:c>
</x:row><x:row r='5'><x:c r='C5'><x:v>3</x:v></x:c><x:c r='A5' t='str'><x:v>a > b</x:v></x:c></x:row><x:row/><x:row><x:c><x:v>7</x:v></x:c></x:row>
</x:sheetData><x:extLst><x:row><x:c><x:v>9</x:v></x:c></x:row></x:extLst></x:worksheet>`
    const path = files.put('shape.xlsx', makeXlsx([{ name: 'S', xml }]))
    expect(await readAll(path)).toEqual([
      { number: 1, cells: [1, null, null, 4, 5] },
      { number: 5, cells: ['a > b', null, 3] },
      { number: 7, cells: [7] },
    ])
    expect((await inspectWorkbook(path)).sheets).toEqual([{ name: 'S', hidden: false, rows: 7, cols: 5, nonEmpty: 6 }])
  })

  test('hidden sheets are told, chart sheets left out with a word, a false dimension not believed', async () => {
    const parts = [
      { name: 'A', xml: sheetXml('<row><c><v>1</v></c></row>') },
      { name: 'B &amp; C', xml: sheetXml(''), state: 'veryHidden' },
      { name: '图', xml: '<chartsheet/>', type: 'chartsheet' },
    ]
    const { sheets, warnings } = await inspectWorkbook(files.put('sheets.xlsx', makeXlsx(parts)))
    expect(sheets).toEqual([
      { name: 'A', hidden: false, rows: 1, cols: 1, nonEmpty: 1 },
      { name: 'B & C', hidden: true, rows: 0, cols: 0, nonEmpty: 0 },
    ])
    expect(warnings).toEqual(['The sheet "图" holds no table (chartsheet) and is left out.'])
  })

  test('many shared strings stay right beyond page and cache sizes', async () => {
    const count = 40_000
    const texts = Array.from({ length: count }, (_, i) => `客户${i}_${'号'.repeat(i % 60)}`)
    const sst = `<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`
    const rows = texts.map((_, i) => `<row><c t="s"><v>${count - 1 - i}</v></c><c t="s"><v>${i}</v></c></row>`).join('')
    const read = await readCells(sheet(rows, { sst }))
    expect(read.every((cells, i) => cells[0] === texts[count - 1 - i] && cells[1] === texts[i])).toBe(true)
    expect(read.length).toBe(count)
  })

  test('stopping in the middle frees the file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join('')
    const workbook = await openWorkbook(sheet(rows))
    for await (const batch of workbook.rows(0)) {
      expect(batch[0]).toEqual({ number: 1, cells: [0] })
      break
    }
    await workbook.close()
  })
})
