/** How a text gets onto a page: in a font that every viewer has, or in Chinese without a font of its own. */
type Line = { text: string; font: 'Helvetica' | 'STSong-Light' }
export type Sheet = { width?: number; height?: number; lines?: readonly Line[]; raw?: string }

const hex = (text: string): string => [...text].map((sign) => sign.charCodeAt(0).toString(16).padStart(4, '0')).join('')

function drawn({ lines = [], height = 842, raw = '' }: Sheet): string {
  const shown = lines.map(({ text, font }, i) => {
    const words =
      font === 'Helvetica'
        ? `/F1 24 Tf 60 ${height - 90 - i * 40} Td (${text}) Tj`
        : `/F2 24 Tf 60 ${height - 90 - i * 40} Td <${hex(text)}> Tj`
    return `BT ${words} ET`
  })
  return [...shown, raw].join('\n')
}

const FONTS = [
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>',
  `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 6 0 R
  /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>`,
  `<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0
  /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>`,
]
/** Nobody's password opens this. */
const LOCK = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`

type Wanted = { sheets: readonly Sheet[]; locked?: boolean; onOpen?: string; annotations?: string }

/** A PDF as a small program would write it, with every object in its place. */
export function pdf({ sheets, locked = false, onOpen = '', annotations = '' }: Wanted): Buffer {
  const firstSheet = 3 + FONTS.length
  const kids = sheets.map((_, i) => `${firstSheet + 2 * i} 0 R`)
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${onOpen} >>`,
    `<< /Type /Pages /Count ${sheets.length} /Kids [${kids.join(' ')}] >>`,
    ...FONTS,
  ]
  for (const sheet of sheets) {
    const { width = 595, height = 842 } = sheet
    const content = drawn(sheet)
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${objects.length + 2} 0 R ${annotations}
  /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    )
  }
  if (locked) objects.push(LOCK)
  let file = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const start = file.length
  const lock = locked ? `/Encrypt ${objects.length} 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>]` : ''
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${lock} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
