import { describe, expect, it } from 'vitest'
import { parseClipboard, parseHtmlTable, parseTsv, toHtml, toTsv } from './clipboard.ts'

const data = (parts: Record<string, string>) => ({ getData: (type: string) => parts[type] ?? '' })

describe('cells between tabs', () => {
  it('are read as Excel writes them: quotes, breaks in a cell, a last break that begins no row', () => {
    expect(parseTsv('a\t"b ""c""\r\nd"\te\r\n1\t\t"\t"\r\n')).toEqual([
      ['a', 'b "c"\r\nd', 'e'],
      ['1', '', '\t'],
    ])
    expect(parseTsv('a\nb\tc')).toEqual([
      ['a', ''],
      ['b', 'c'],
    ])
    expect(parseTsv('')).toEqual([['']])
  })

  it('keep a quote that is none: 5" pipe, "open', () => {
    expect(parseTsv('5" pipe\t"open\n"a"b\tx')).toEqual([
      ['5" pipe', '"open'],
      ['"a"b', 'x'],
    ])
  })

  it('come back as they went, and no spreadsheet takes them for a formula', () => {
    const block = [
      ['甲"乙', 'two\nlines', '𠮷 🙂'],
      ['', 'tab\there', 'مرحبا'],
    ]
    expect(parseTsv(toTsv(block))).toEqual(block)
    expect(toTsv([['=cmd|"/c calc"!A0', '+1', '<b>']])).toBe(`"'=cmd|""/c calc""!A0"\t'+1\t<b>`)
  })
})

describe('a table', () => {
  it('is read where there is no text with tabs', () => {
    const html =
      '<html><body><table><tr><td>a<br>b</td><td colspan=2>c&nbsp;d</td></tr><tr><td><script>x</script></td></tr></table></body></html>'
    const wanted = [
      ['a\nb', 'c d', ''],
      ['x', '', ''],
    ]
    expect(parseHtmlTable(html)).toEqual(wanted)
    expect(parseClipboard(data({ 'text/plain': 'a b c d', 'text/html': html }))).toEqual(wanted)
    expect(parseClipboard(data({ 'text/plain': 'a\tb', 'text/html': html }))).toEqual([['a', 'b']])
    expect(parseClipboard(data({ 'text/plain': 'word', 'text/html': '<b>word</b>' }))).toEqual([['word']])
    expect(parseClipboard(data({}))).toEqual([])
  })

  it('is written with its text as text', () => {
    const html = toHtml([['<img onerror=x>', '=1+1\nb']])
    expect(html).toContain('&lt;img onerror=x&gt;')
    expect(html).toContain("'=1+1<br>b")
    expect(parseHtmlTable(html)).toEqual([['<img onerror=x>', "'=1+1\nb"]])
  })
})
