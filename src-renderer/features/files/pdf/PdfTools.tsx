import { ColumnWidthOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useState } from 'react'
import { IconButton } from '../../../components/page.tsx'
import { formatNumber } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { pageTyped } from './layout.ts'
import { text } from './text.ts'
import type { Sheets } from './useSheets.ts'

/** Which page is read and how large; a number that is typed goes there. */
export function PdfTools({ sheets }: { sheets: Sheets }) {
  const t = useText(text)
  const [typed, setTyped] = useState<string | null>(null)
  const go = () => {
    const page = pageTyped(typed ?? '', sheets.pages)
    if (page !== null) sheets.goTo(page)
    setTyped(null)
  }
  return (
    <>
      <label className="row g6 t2 s12 num">
        {t('before')}
        <Input
          size="small"
          className="pdf-page-number"
          inputMode="numeric"
          aria-label={t('goTo')}
          value={typed ?? String(sheets.page)}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={go}
          onBlur={go}
          // The arrows are the number's here.
          onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
        />
        {t('after', { n: formatNumber(sheets.pages) })}
      </label>
      <span className="row">
        <IconButton icon={<ZoomOutOutlined />} title={t('zoomOut')} keys="-" onClick={() => sheets.step(-1)} />
        <span className="t2 s12 num pdf-zoom">{Math.round(sheets.zoom * 100)}%</span>
        <IconButton icon={<ZoomInOutlined />} title={t('zoomIn')} keys="+" onClick={() => sheets.step(1)} />
        <IconButton icon={<ColumnWidthOutlined />} title={t('fit')} keys="0" disabled={sheets.isFit} onClick={sheets.fit} />
      </span>
    </>
  )
}
