import { formatNumber, formatWan } from '../../../kernel/format.ts'
import { type Translate, useLanguage } from '../../../kernel/text.ts'
import type { BoardWord } from './text.ts'

/** Sums of columns as each language writes them: 万 with two decimals, or whole yuan. */
export function useMoneyText(t: Translate<BoardWord>): (fen: number) => string {
  const isChinese = useLanguage() === 'zh-CN'
  return (fen) => t('wan', { n: isChinese ? formatWan(fen) : formatNumber(Math.round(fen / 100)) })
}
